import AssayModel
import Foundation  // `Data`: the only form in which GRDB takes a blob

extension Address {
  /// The sixteen bytes in network order: their order is the order of addresses.
  var bytes: Data {
    var data = Data(capacity: 16)
    for half in [high, low] {
      for shift in stride(from: UInt64(56), through: 0, by: -8) {
        data.append(UInt8(truncatingIfNeeded: half >> shift))
      }
    }
    return data
  }

  /// The last address with the same first `bits`.
  func last(_ bits: Int) -> Address {
    let ones = Address(high: ~0, low: ~0)
    let mask = ones.prefix(bits)
    return Address(high: high | ~mask.high, low: low | ~mask.low)
  }
}
