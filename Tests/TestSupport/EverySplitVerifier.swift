/// Holds a reader of lines to its promise that a text may be cut anywhere at a line end: the outcomes of the pieces
/// must be those of the whole, wherever it is cut.
public struct EverySplitVerifier<Outcome: Equatable> {
  private let read: ([UInt8]) -> [Outcome]

  /// A verifier for something that reads a whole chunk of lines, afresh each time, and says what it made of each.
  public init(_ read: @escaping ([UInt8]) -> [Outcome]) { self.read = read }

  /// The bytes at which a cut (moved back to the last line end before it) changes what is read; also −1 if the text
  /// without its last newline, and −2 if the text with Windows line ends, reads differently. None of them is good.
  ///
  /// - Complexity: O(n · lines): a cut inside one line is tried once for each of its bytes.
  public func failures(in text: [UInt8]) -> [Int] {
    let whole = read(text)
    var failures: [Int] = []
    var known: [Int: Bool] = [:]
    for cut in 0...text.count {
      let end = (text[..<cut].lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
      let isSame = known[end] ?? (read(Array(text[..<end])) + read(Array(text[end...])) == whole)
      known[end] = isSame
      if !isSame { failures.append(cut) }
    }
    if text.last == UInt8(ascii: "\n"), read(Array(text.dropLast())) != whole { failures.append(-1) }
    let windows = text.flatMap { $0 == UInt8(ascii: "\n") ? [13, 10] : [$0] }
    if !text.contains(13), read(windows) != whole { failures.append(-2) }
    return failures
  }

  /// The lines of a chunk as a parser gets them: without `\n` and without a `\r` before it; what follows the last
  /// newline is a line unless it is empty.
  public static func lines(of chunk: [UInt8]) -> [[UInt8]] {
    var lines = chunk.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
    if lines.last?.isEmpty == true { lines.removeLast() }
    for index in lines.indices where lines[index].last == 13 { lines[index].removeLast() }
    return lines
  }
}
