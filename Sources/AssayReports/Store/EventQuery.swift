public import AssayModel

/// Which stored events are wanted.
public struct EventQuery: Sendable, Equatable {
  /// What they have in common.
  public enum Subject: Sendable, Equatable {
    /// The event at this place.
    case event(SourcePosition)
    /// The event of a line, counted from 1, of an input: its path, or the end of it from a slash on.
    case line(path: String, number: Int)
    /// Events of a session.
    case session(UInt64)
    /// Events from a network: the first `bits` of the 128 (a version 4 prefix of n bits is 96 + n).
    case network(Address, bits: Int)
    /// Events of a campaign, placement, creative, publisher or seller.
    case named(Dimension, String)
    /// Events on which a detector fired.
    case detector(String)
    /// All of them.
    case all
  }

  /// What they have in common.
  public var subject: Subject
  /// The largest number of events wanted.
  public var limit: Int

  /// A query.
  public init(_ subject: Subject, limit: Int = 100) {
    self.subject = subject
    self.limit = limit
  }

  /// What a person types: `0:18234` is an event, `access.log:812` that of a line, 16 hexadecimal digits are a session,
  /// an address or a prefix (`198.51.100.0/24`) a network, `campaign=NAME` (or any other dimension) a name,
  /// `detector=ID` a detector, and everything else the name of a campaign.
  public init(parsing text: String, limit: Int = 100) {
    self.init(EventQuery.subject(text), limit: limit)
  }

  private static func subject(_ text: String) -> Subject {
    if let position = SourcePosition(eventID: text) { return .event(position) }
    if text.utf8.count == 16, text.utf8.allSatisfy({ hexDigit($0) != nil }), let id = UInt64(text, radix: 16) {
      return .session(id)
    }
    if let address = Address(text) { return .network(address, bits: 128) }
    if let slash = text.firstIndex(of: "/"), let address = Address(String(text[..<slash])),
      let bits = Int(text[text.index(after: slash)...]), bits >= 0
    {
      let all = address.v4 == nil ? bits : bits + 96
      if all <= 128 { return .network(address.prefix(all), bits: all) }
    }
    if let equals = text.firstIndex(of: "=") {
      let (key, name) = (text[..<equals], String(text[text.index(after: equals)...]))
      if key == "detector" { return .detector(name) }
      if let dimension = Dimension.allCases.first(where: { $0.name == key }) { return .named(dimension, name) }
    }
    if let colon = text.lastIndex(of: ":"), colon > text.startIndex,
      let number = Int(text[text.index(after: colon)...]), number > 0
    {
      return .line(path: String(text[..<colon]), number: number)
    }
    return .named(.campaign, text)
  }
}
