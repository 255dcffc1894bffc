/// Whether an impression could be seen, under one standard (MRC Viewable Ad Impression Measurement Guidelines). The
/// three never mix: undetermined is not counted as not viewable.
public enum Viewability: UInt8, Sendable, CaseIterable {
  /// Nothing allows a decision.
  case undetermined = 0
  /// Measured, and not in view long enough.
  case notViewable = 1
  /// Measured, and in view.
  case viewable = 2

  /// The name in event rows: `yes`, `no`, `undetermined`.
  public var name: String {
    switch self {
    case .undetermined: "undetermined"
    case .notViewable: "no"
    case .viewable: "yes"
    }
  }
}

/// The outcome of one impression under every standard at once: two bits each, by the ordinal of the standard in
/// `ViewabilityStandard.all` of `AssayMeasurement` (at most 8).
@frozen
public struct ViewabilityOutcomes: Sendable, BitwiseCopyable, Hashable {
  /// Two bits a standard.
  public var rawValue: UInt16
  /// Outcomes from their bits.
  @inlinable public init(rawValue: UInt16 = 0) { self.rawValue = rawValue }
  /// The outcome under the standard with this ordinal.
  @inlinable public subscript(_ standard: Int) -> Viewability {
    get { Viewability(rawValue: UInt8(rawValue >> UInt16(2 * standard) & 3)) ?? .undetermined }
    set {
      let shift = UInt16(2 * standard)
      rawValue = rawValue & ~(3 << shift) | UInt16(newValue.rawValue) << shift
    }
  }
}
