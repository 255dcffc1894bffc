/// Where in a request or record something stands. Its text form is what a profile writes: `query:imp`, `path:2`.
public enum Place: Equatable, Hashable, Sendable {
  /// A query parameter, by its decoded name; the first of several. Its value is form-decoded (`%41`, `+`).
  case query(String)
  /// A cookie of the `Cookie` header; its value is percent-decoded.
  case cookie(String)
  /// A segment of the path, from 1, or from the end with −1; percent-decoded.
  case path(Int)
  /// A column of a table, a key of a JSON object, or a header that the log carries (`ParserRequest.columns`).
  case column(String)
  /// A name inside a query parameter that packs several, as Revive's `oaparams`: the first character is the length of
  /// the delimiter that follows; then `name=value` joined by it: `2__bannerid=7__zoneid=3`.
  case packed(parameter: String, name: String)
  /// The host of the referrer, lower case, without port.
  case referrerHost
  /// The host that was asked, lower case, without port.
  case host

  /// What a place may be, as `text` writes it.
  public static let forms = [
    "query:NAME", "cookie:NAME", "path:N", "path:-N", "column:NAME", "packed:PARAMETER:NAME", "referrer-host", "host",
  ]

  /// The text form.
  public var text: String {
    switch self {
    case .query(let name): "query:\(name)"
    case .cookie(let name): "cookie:\(name)"
    case .path(let number): "path:\(number)"
    case .column(let name): "column:\(name)"
    case .packed(let parameter, let name): "packed:\(parameter):\(name)"
    case .referrerHost: "referrer-host"
    case .host: "host"
    }
  }

  /// A place from its text form; nil where it is none. `header:NAME` is the same as `column:NAME`.
  public init?(_ text: String) {
    if text == "referrer-host" {
      self = .referrerHost
      return
    }
    if text == "host" {
      self = .host
      return
    }
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts[1].isEmpty else { return nil }
    switch parts[0] {
    case "query": self = .query(parts[1])
    case "cookie": self = .cookie(parts[1])
    case "column", "header": self = .column(parts[1])
    case "path":
      guard let number = Int(parts[1]), number != 0, abs(number) <= 255 else { return nil }
      self = .path(number)
    case "packed":
      let names = parts[1].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard names.count == 2, !names[0].isEmpty, !names[1].isEmpty else { return nil }
      self = .packed(parameter: names[0], name: names[1])
    default: return nil
    }
  }
}
