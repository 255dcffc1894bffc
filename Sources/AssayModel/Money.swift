/// An amount of money in millionths of the currency's unit, never floating point: sums are exact in any order.
public struct Money: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// Millionths of the unit: 1.25 is 1,250,000.
  public var millionths: Int64

  /// An amount from its millionths.
  @inlinable public init(millionths: Int64) { self.millionths = millionths }

  /// Nothing.
  @inlinable public static var zero: Money { Money(millionths: 0) }

  /// The most that one event can cost or be worth: a billion units. A larger number is a fault of the log or a hoax, and
  /// would drown every sum that it is part of. The figure is a choice between two that are given: above it no price is
  /// lost that anybody pays, for even of a unit of which a US dollar buys 25,000, as of the dong, it is 40,000 dollars
  /// for one click or sale; and below it more than nine thousand such events still fit a sum, which holds 9.2 × 10¹².
  public static let mostOfOneEvent = Money(millionths: 1_000_000_000_000_000)

  /// Less money is smaller.
  @inlinable public static func < (left: Money, right: Money) -> Bool { left.millionths < right.millionths }

  /// The sum, kept at the largest amount where it would not fit (9.2 × 10¹² units); an audit
  /// in which that happens says so (`AuditResult.moneyIssue`).
  @inlinable public static func + (left: Money, right: Money) -> Money {
    let (sum, overflow) = left.millionths.addingReportingOverflow(right.millionths)
    return Money(millionths: overflow ? (left.millionths < 0 ? .min : .max) : sum)
  }

  /// The difference, kept at the largest or smallest amount where it would not fit.
  @inlinable public static func - (left: Money, right: Money) -> Money {
    let (difference, overflow) = left.millionths.subtractingReportingOverflow(right.millionths)
    return Money(millionths: overflow ? (left.millionths < 0 ? .min : .max) : difference)
  }

  /// Adds to an amount.
  @inlinable public static func += (left: inout Money, right: Money) { left = left + right }
}
