public import AssayModel

/// Where a report goes. Writing never fails in the middle: a sink that cannot write remembers why, so that renderers
/// stay plain.
public protocol TextSink {
  /// Takes UTF-8 bytes.
  mutating func write(_ bytes: [UInt8])
}

extension TextSink {
  /// Takes text.
  public mutating func write(_ text: String) { write(Array(text.utf8)) }
}

/// A sink that grows, and that hands its bytes on whenever it is full.
public struct TextBuffer: TextSink {
  /// What was written and not yet handed on.
  public private(set) var bytes: [UInt8] = []
  /// The first failure of the flush closure; nothing is handed on after it.
  public private(set) var failure: AssayError?
  private let capacity: Int
  private let flush: (([UInt8]) throws(AssayError) -> Void)?

  /// A buffer that keeps everything.
  public init() {
    capacity = .max
    flush = nil
  }

  /// A buffer that hands its bytes on when it holds `capacity` of them.
  public init(capacity: Int = 1 << 16, flush: @escaping ([UInt8]) throws(AssayError) -> Void) {
    self.capacity = capacity
    self.flush = flush
  }

  /// Takes bytes.
  public mutating func write(_ new: [UInt8]) {
    if failure != nil { return }
    bytes.append(contentsOf: new)
    if bytes.count >= capacity { handOn() }
  }

  /// Hands on what is left.
  ///
  /// - Throws: the first failure of the flush closure.
  public mutating func finish() throws(AssayError) {
    handOn()
    if let failure { throw failure }
  }

  private mutating func handOn() {
    guard let flush, failure == nil, !bytes.isEmpty else { return }
    do throws(AssayError) {
      try flush(bytes)
    } catch {
      failure = error
    }
    bytes.removeAll(keepingCapacity: true)
  }
}
