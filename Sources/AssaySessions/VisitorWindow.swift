/// What is seen at a time of a visitor with more events than are looked at together.
///
/// Windows overlap: each event is counted in one of them, and seen with at least a quarter of a window before and after
/// it, as far as the visitor has so many. So what is compared (a click with its impression, an event with its repetition,
/// an ad with its exposure) is missed only where very many events of the visitor lie between.
public struct VisitorWindow: Sendable, Equatable {
  /// How many events of a visitor are looked at together: memory of about 450 bytes each, and more than a person, or the
  /// people behind a gateway in a day, have.
  public static let standardEvents = 1 << 18

  /// Ordinals in the window of the events that are counted in it.
  public var counted: Range<Int>
  /// How many events further the next window begins; nil for the last one on a visitor.
  public var step: Int?

  /// The window that counts from an ordinal on, where more of the visitor follows what it shows.
  ///
  /// - Parameters:
  ///   - counted: events at its beginning that the window before has counted: none, or what `overlap` of it says.
  ///   - events: how many it shows; at least 4.
  public init(after counted: Int, of events: Int) {
    self.counted = counted..<max(counted + 1, events * 3 / 4)
    step = events / 2
  }

  /// The last window on a visitor.
  public init(lastAfter counted: Int, of events: Int) {
    self.counted = counted..<events
    step = nil
  }

  /// How many of the next window's first events this one has counted.
  public var overlap: Int { step.map { counted.upperBound - $0 } ?? 0 }
}
