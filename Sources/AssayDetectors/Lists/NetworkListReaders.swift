internal import AssayModel

/// What a reader made of a list of networks.
struct NetworkListContent {
  /// The networks in the order of the file, each with a name of its own where the file has one.
  var networks: [(range: AddressRange, name: String?)] = []
  /// What was not understood.
  var issues = IssueLog()

  /// Takes out what is too wide to be of one owner: `0.0.0.0/0` in a list of data centres would flag everybody.
  mutating func leaveOutWide() {
    let wide = networks.filter(\.range.isWiderThanARegistryBlock)
    if wide.isEmpty { return }
    networks.removeAll(where: \.range.isWiderThanARegistryBlock)
    for network in wide {
      issues.add(
        ListIssue.at(
          0, "list.network-too-wide",
          "\(network.range) is wider than /8 (version 4) or /12 (version 6), more than one owner has in one piece."),
        losesLine: true)
    }
  }
}

extension AddressRange {
  /// Whether it is wider than what IANA hands out at once: a /8 of version 4 (IANA IPv4 Address Space Registry), a /12 of
  /// version 6 (ICANN, Allocation of IPv6 Blocks to Regional Internet Registries, 2006). Whoever rents out servers has
  /// less; a wider one is a mistake.
  var isWiderThanARegistryBlock: Bool {
    if let low = first.v4, let high = last.v4 { return high >= low && high - low >= 1 << 24 }
    // Half in version 4's part of the address space: wider than all of it.
    if first.v4 != nil || last.v4 != nil { return true }
    let middle = Address(v4: 1 << 31)
    return first < middle && middle < last || last.high >= first.high && last.high - first.high >= 1 << 52
  }
}

/// Reads lists of networks from their bytes.
enum NetworkListReaders {
  /// One address, network or range a line, `#` or `;` for comments; or comma-separated values whose first field is one
  /// (DigitalOcean, RFC 8805), or whose first two are the ends of a range and whose third names it (client9/ipcat).
  static func lines(_ bytes: Span<UInt8>) -> NetworkListContent {
    var content = NetworkListContent()
    var first = true
    TextLines.forEach(in: bytes) { line, offset in
      defer { first = false }
      if line[0] == 0x3b { return }
      if let network = network(line) {
        content.networks.append(network)
      } else if !first || !line.contains(0x2c) {
        // The first line of comma-separated values may name the columns.
        content.issues.add(
          ListIssue.at(
            offset, "list.line-not-understood",
            "“\(printableText(line.prefix(80)))” is no address, network or range; it is left out."),
          losesLine: true)
      }
    }
    return content
  }

  /// The network of one line, nil where there is none.
  static func network(_ line: [UInt8]) -> (range: AddressRange, name: String?)? {
    let comment = line.firstIndex { $0 == 0x23 || $0 == 0x3b } ?? line.count
    let fields = line[..<comment].split(separator: 0x2c, omittingEmptySubsequences: false).map(Array.init)
    guard let text = fields.first, let first = range(text) else { return nil }
    if fields.count >= 2, let last = range(fields[1]), first.first == first.last, last.first == last.last,
      (first.first.v4 == nil) == (last.first.v4 == nil)
    {
      let name = fields.count >= 3 && !fields[2].isEmpty ? printableText(fields[2]) : nil
      return (AddressRange(first: first.first, last: last.first), name)
    }
    return (first, nil)
  }

  /// Any JSON: every string value that is a network with its prefix is one of the list. That reads the files of Amazon
  /// (`ip_prefix`), Google (`ipv4Prefix`), Microsoft (`addressPrefixes`), Oracle (`cidr`) and the crawlers' operators.
  ///
  /// - Returns: nil where the bytes are no JSON.
  static func json(_ bytes: Span<UInt8>) -> NetworkListContent? {
    var content = NetworkListContent()
    let broken = JSONScanner.strings(in: bytes) { text in
      if text.value.contains(0x2f), let range = range(text.value) { content.networks.append((range, nil)) }
    }
    return broken == nil ? content : nil
  }

  private static func range(_ text: [UInt8]) -> AddressRange? {
    NetworkText.range(text.span, from: 0, to: text.count)
  }
}
