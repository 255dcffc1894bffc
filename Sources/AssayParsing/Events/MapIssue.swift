internal import AssayModel

/// What can be odd about a record that the parser understood.
enum MapIssue: CaseIterable, Sendable {
  case noTime, badAddress, badSize, badPrice, badValue, priceTooLarge, valueTooLarge, badCoordinates, badPercent
  case badSamples, nameTooLong, unexpandedMacro, cutShort

  /// The dotted name.
  var name: String {
    switch self {
    case .noTime: "event.no-time"
    case .badAddress: "event.bad-address"
    case .badSize: "event.bad-size"
    case .badPrice: "event.bad-price"
    case .badValue: "event.bad-value"
    case .priceTooLarge: "event.price-too-large"
    case .valueTooLarge: "event.value-too-large"
    case .badCoordinates: "event.bad-coordinates"
    case .badPercent: "event.bad-percent"
    case .badSamples: "event.bad-samples"
    case .nameTooLong: "event.name-too-long"
    case .unexpandedMacro: "profile.unexpanded-macro"
    case .cutShort: "line.cut-short"
    }
  }

  /// What it means and what is done.
  var message: String {
    switch self {
    case .noTime: "the record has no time that can be read; it gives no event"
    case .badAddress: "the client is no IP address (a host name, a pseudonym); the event has no address"
    case .badSize: "the creative's size is not written like 300x250; the size is unknown"
    case .badPrice: "the price is not a plain decimal number; the event counts without a price"
    case .badValue: "the conversion's value is not a plain decimal number; it counts without a value"
    case .priceTooLarge:
      "the price is more than 1,000,000,000 units for one event; the event counts without a price, so check the price scale"
    case .valueTooLarge:
      "the conversion's value is more than 1,000,000,000 units; it counts without a value, so check the price scale"
    case .badCoordinates: "the click's coordinates are not two numbers from 0; they are left out"
    case .badPercent: "the percentage played is not a number from 0 to 100; 0 is assumed"
    case .badSamples: "a part of the exposure samples cannot be read; the rest is kept"
    case .nameTooLong: "a name of campaign, placement, creative, publisher or seller is cut at 256 bytes"
    case .cutShort: "the line ends inside its user agent; the rest of it is read"
    case .unexpandedMacro: "a macro stands unexpanded in the URL; the tag is wrong, or the URL was never served"
    }
  }
}

extension LineMapper {
  /// Counts something odd about a record.
  @inline(never)
  mutating func note(_ issue: MapIssue, at position: SourcePosition, losesLine: Bool = false) {
    batch.issues.add(
      Issue(
        name: issue.name, position: position, message: issue.message, lineInChunk: UInt32(truncatingIfNeeded: ordinal)),
      losesLine: losesLine)
  }
}
