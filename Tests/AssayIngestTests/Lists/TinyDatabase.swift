import AssayModel

/// Builds a MaxMind database byte by byte, after the MaxMind DB file format specification 2.0: a search tree of
/// 24-bit records, the data section, the metadata.
struct TinyDatabase {
  /// A node's two records: another node, a record's offset in the data section, or nothing.
  enum Record: Equatable {
    case empty
    case node(Int)
    case data(Int)
  }

  var nodes: [[Record]] = [[.empty, .empty]]
  var data: [UInt8] = []
  let version: Int

  init(version: Int) { self.version = version }

  /// Adds a network; `bits` counts from the root of the tree (128 bits, or 32 in a version 4 database).
  mutating func add(_ prefix: Address, bits: Int, record: Record) {
    var node = 0
    for depth in 0..<bits {
      let place = version == 6 ? depth : depth + 96
      let side = Int(place < 64 ? prefix.high >> UInt64(63 - place) & 1 : prefix.low >> UInt64(127 - place) & 1)
      if depth == bits - 1 {
        nodes[node][side] = record
      } else if case .node(let next) = nodes[node][side] {
        node = next
      } else {
        nodes.append([.empty, .empty])
        nodes[node][side] = .node(nodes.count - 1)
        node = nodes.count - 1
      }
    }
  }

  /// Adds a record to the data section.
  mutating func system(_ number: UInt32, _ organisation: String) -> Record {
    let offset = data.count
    data +=
      map(2) + text("autonomous_system_number") + unsigned(number) + text("autonomous_system_organization")
      + text(organisation)
    return .data(offset)
  }

  /// The file.
  var bytes: [UInt8] {
    let tree = nodes.flatMap { node in
      node.flatMap { record -> [UInt8] in
        let value =
          switch record {
          case .empty: nodes.count
          case .node(let number): number
          // 16 zero bytes separate tree and data.
          case .data(let offset): nodes.count + 16 + offset
          }
        return [UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255)]
      }
    }
    let metadata =
      map(9) + text("binary_format_major_version") + short(2) + text("binary_format_minor_version") + short(0)
      + text("build_epoch") + [0x04, 0x02] + [0x6a, 0x00, 0x00, 0x00] + text("database_type") + text("Tiny-ASN")
      + text("description") + map(0) + text("ip_version") + short(version) + text("languages") + [0x00, 0x04]
      + text("node_count") + unsigned(UInt32(nodes.count)) + text("record_size") + short(24)
    return tree + [UInt8](repeating: 0, count: 16) + data + [0xab, 0xcd, 0xef] + Array("MaxMind.com".utf8) + metadata
  }

  // The control byte: type in the upper three bits, size in the lower five; 29 says that the next byte is size - 29.
  private func map(_ count: Int) -> [UInt8] { [0xe0 | UInt8(count)] }

  private func text(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    return (bytes.count < 29 ? [0x40 | UInt8(bytes.count)] : [0x5d, UInt8(bytes.count - 29)]) + bytes
  }

  private func short(_ number: Int) -> [UInt8] { [0xa2, UInt8(number >> 8), UInt8(number & 255)] }

  private func unsigned(_ number: UInt32) -> [UInt8] {
    [0xc4] + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }
}
