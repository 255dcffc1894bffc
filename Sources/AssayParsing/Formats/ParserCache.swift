internal import AssayModel
internal import Synchronization

/// Parsers that no line has been given to, so that each format of the catalogue is put together once for what is asked
/// of it, and not once for each file: to detect a format makes all of them, which takes longer than to read a file of
/// a few lines.
///
/// A parser is a value, and a copy of a fresh one is as good as another fresh one: nothing depends on what is here.
enum ParserCache {
  private struct Key: Hashable {
    var format: ObjectIdentifier
    var columns: [String]
  }

  /// How many are kept; our own choice. A run asks for the columns of a few profiles of some thirty formats.
  private static let room = 512

  private static let parsers = Mutex<[Key: any LineParser]>([:])

  /// A parser for a file of a format.
  ///
  /// - Complexity: O(columns) after the first time.
  static func parser(
    of format: any LogFormat.Type, _ request: ParserRequest
  ) throws(AssayError) -> any LineParser {
    let key = Key(format: ObjectIdentifier(format), columns: request.columns)
    if let parser = parsers.withLock({ $0[key] }) { return parser }
    let parser = try format.makeParser(request)
    parsers.withLock { if $0.count < room { $0[key] = parser } }
    return parser
  }
}
