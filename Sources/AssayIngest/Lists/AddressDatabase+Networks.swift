public import AssayModel
internal import CMaxMind

extension AddressDatabase {
  /// All networks of the autonomous systems that are wanted.
  ///
  /// - Parameter isWanted: Whether a system's networks are wanted; asked once for each network that has a system: never
  ///   where the database is of something else, such as cities.
  /// - Returns: Prefixes in ascending order, a shorter one before a longer one; `bits` counts of 128 (a version 4 /24
  ///   is 120). Where the database shows version 4 under other prefixes too (6to4, Teredo), only the first is told.
  /// - Throws: `.settings` where the tree is broken.
  /// - Complexity: O(nodes) time, a bit each and the result in memory.
  public func networks(
    where isWanted: (UInt32) -> Bool
  ) throws(AssayError) -> [(prefix: Address, bits: Int, number: UInt32)] {
    var walk = unsafe Walk(metadata: database.pointee.metadata)
    var networks: [(prefix: Address, bits: Int, number: UInt32)] = []
    /// Many networks share a record.
    var numbers: [UInt32: UInt32?] = [:]
    while let step = walk.next() {
      var node = unsafe MMDB_search_node_s()
      // Safe because libmaxminddb checks the number of the node.
      let result = unsafe MMDB_read_node(database, step.node, &node)
      if result != MMDB_SUCCESS { throw AddressDatabase.failure(result, path) }
      // The right one first: the last that is pushed is the first that is walked.
      for right in [true, false] {
        let (record, type, entry) =
          unsafe right
          ? (node.right_record, node.right_record_type, node.right_record_entry.offset)
          : (node.left_record, node.left_record_type, node.left_record_entry.offset)
        let (prefix, bits) = step.child(right)
        switch Int32(type) {
        case MMDB_RECORD_TYPE_SEARCH_NODE:
          guard bits < 128 else { throw AddressDatabase.failure(MMDB_CORRUPT_SEARCH_TREE_ERROR, path) }
          walk.pending.append(.init(node: UInt32(truncatingIfNeeded: record), prefix: prefix, bits: bits))
        case MMDB_RECORD_TYPE_DATA:
          let number = numbers[entry] ?? self.number(at: entry)
          numbers[entry] = number
          if let number, isWanted(number) {
            let (prefix, bits) = walk.isVersion6 ? mapped(prefix, bits) : (prefix, bits)
            networks.append((prefix, bits, number))
          }
        case MMDB_RECORD_TYPE_EMPTY: break
        default: throw AddressDatabase.failure(MMDB_CORRUPT_SEARCH_TREE_ERROR, path)
        }
      }
    }
    return networks.sorted { ($0.prefix, $0.bits) < ($1.prefix, $1.bits) }
  }

  /// Version 4 lies under ::/96 in a version 6 database; here it has its mapped form.
  private func mapped(_ prefix: Address, _ bits: Int) -> (Address, Int) {
    guard prefix.high == 0, prefix.low >> 32 == 0, bits >= 96 else { return (prefix, bits) }
    return (Address(v4: UInt32(truncatingIfNeeded: prefix.low)), bits)
  }
}

/// A walk through the tree, each node once: a broken tree that leads back or shares its branches a million times over
/// ends like any other.
private struct Walk {
  struct Step {
    var node: UInt32
    var prefix: Address
    var bits: Int

    /// The prefix with one bit more.
    func child(_ right: Bool) -> (Address, Int) {
      var child = prefix
      if right {
        if bits < 64 { child.high |= 1 << UInt64(63 - bits) } else { child.low |= 1 << UInt64(127 - bits) }
      }
      return (child, bits + 1)
    }
  }

  var pending: [Step] = []
  let isVersion6: Bool
  private var visited: [UInt64]

  init(metadata: MMDB_metadata_s) {
    // Safe because plain numbers are read from a structure that is given by value.
    let (count, version) = unsafe (metadata.node_count, metadata.ip_version)
    isVersion6 = version == 6
    visited = Array(repeating: 0, count: Int(count / 64) + 1)
    if count > 0 {
      pending.append(Step(node: 0, prefix: isVersion6 ? Address.none : Address(v4: 0), bits: isVersion6 ? 0 : 96))
    }
  }

  /// The next node that was not visited yet.
  mutating func next() -> Step? {
    while let step = pending.popLast() {
      let (word, bit) = (Int(step.node / 64), UInt64(1) << UInt64(step.node % 64))
      if word < visited.count && visited[word] & bit == 0 {
        visited[word] |= bit
        return step
      }
    }
    return nil
  }
}
