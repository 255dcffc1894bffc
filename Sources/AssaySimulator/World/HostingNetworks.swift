import AssayModel

/// The networks of the simulated hosting companies, and the list of them that goes with the logs.
///
/// All simulated version 4 addresses lie in 240.0.0.0/4, which is reserved (RFC 1112 §4) and nobody's: no real network
/// is accused, and no real list of networks says anything about the simulated ones. Version 6 addresses lie in the
/// prefix for documentation, 2001:db8::/32 (RFC 3849).
enum HostingNetworks {
  /// First address, number of leading bits.
  static let v4: [(first: UInt32, bits: Int)] = [(0xfa0a_0000, 16), (0xfa4d_8000, 17), (0xfb03_1000, 20)]
  /// First 64 bits, number of leading bits.
  static let v6: (high: UInt64, bits: Int) = (0x2001_0db8_d0c0_0000, 44)

  /// The text of `lists/data-centres.txt`: one network a line.
  static var listText: String {
    var text = "# Networks of the hosting companies of this simulation\n"
    for network in v4 { text += "\(Address(v4: network.first))/\(network.bits)\n" }
    return text + "\(Address(high: v6.high, low: 0))/\(v6.bits)\n"
  }

  /// An address in one of them; 8 % are of version 6.
  static func address(_ random: inout RandomSource) -> Address {
    if random.happens(percent: 8) {
      let subnet = UInt64(random.below(1 << (64 - v6.bits)))
      return Address(high: v6.high | subnet, low: UInt64(random.within(1...65_535)))
    }
    let network = random.pick(v4)
    return Address(v4: network.first | UInt32(random.below(1 << (32 - network.bits))))
  }
}
