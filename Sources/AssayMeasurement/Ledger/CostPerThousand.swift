public import AssayModel

/// A price for a thousand units (CPM).
public struct CostPerThousand: Sendable, Equatable {
  /// What a thousand units cost.
  public var price: Money

  /// A price as agreed.
  public init(price: Money) { self.price = price }

  /// What a thousand units cost where so many cost so much, to the nearest millionth, halves away from zero; nil
  /// without units.
  public init?(spend: Money, units: Int64) {
    guard units > 0 else { return nil }
    price = CostPerThousand.divided(Int128(spend.millionths) * 1_000, by: Int128(units))
  }

  /// What so many units cost, to the nearest millionth, halves away from zero.
  public func cost(of units: Int64) -> Money {
    CostPerThousand.divided(Int128(price.millionths) * Int128(units), by: 1_000)
  }

  private static func divided(_ amount: Int128, by divisor: Int128) -> Money {
    let half = divisor / 2 * (amount < 0 ? -1 : 1)
    return Money(millionths: Int64(clamping: (amount + half) / divisor))
  }
}
