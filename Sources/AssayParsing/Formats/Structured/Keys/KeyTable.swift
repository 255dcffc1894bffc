internal import AssayModel

/// What one key or column gives.
struct KeyTarget: Sendable, BitwiseCopyable {
  /// What it means; `Role.none` where only columns ask for it.
  var role = Role.none
  /// How sure the name is among those of its role, 1 to 127: a line may carry both `client_ip` and `remote_ip`.
  var rank: UInt8 = 0
  /// Bit n: it is the n-th column that the profile asked for.
  var columns: UInt64 = 0

  /// Nothing.
  static let nothing = KeyTarget()

  /// Whether anybody wants it.
  var isWanted: Bool { role != .none || columns != 0 }
}

/// From the names of keys and columns to what they mean: an open-addressing table of our own, at most a quarter full,
/// keyed by the hash that `NormalizedKey` computes while the name is read; a hit is checked byte for byte.
///
/// A value; a parser copies the table of its format and adds the profile's columns, which costs microseconds.
struct KeyTable: Sendable {
  private struct Slot: Sendable, BitwiseCopyable {
    var hash: UInt64 = 0
    var firstWord: Int32 = 0
    /// Bytes of the name; 0 in an empty slot.
    var count: Int32 = 0
    var lastWord: UInt64 = 0
    var target = KeyTarget.nothing
  }

  private var slots: [Slot]
  private var words: [UInt64] = []
  private var count = 0

  /// The table of `FieldNames.generic`, made once for the formats that go by it: most of what detecting a format costs.
  static let generic = KeyTable(FieldNames.generic)

  /// A table of names by role, the surest first.
  init(_ names: [(role: Role, names: [String])] = []) {
    slots = [Slot](repeating: Slot(), count: 64)
    insert(names)
  }

  /// The table with further names, which mean what is said here even where the table has them.
  func adding(_ names: [(role: Role, names: [String])]) -> KeyTable {
    var table = self
    table.insert(names)
    return table
  }

  private mutating func insert(_ names: [(role: Role, names: [String])]) {
    for entry in names {
      for (position, name) in entry.names.enumerated() {
        insert(NormalizedKey(name)) { target in
          target.role = entry.role
          target.rank = UInt8(max(1, 127 - position))
        }
      }
    }
  }

  /// The table with the columns of a request.
  ///
  /// - Throws: `.settings` where there are more columns than `LineFields.maximumColumns`, or a name has no letter or
  ///   digit, or more than `NormalizedKey.capacity` of them.
  func adding(_ request: ParserRequest) throws(AssayError) -> KeyTable {
    guard request.columns.count <= LineFields.maximumColumns else {
      throw AssayError(
        .settings,
        "The profile names \(request.columns.count) columns, but at most \(LineFields.maximumColumns) can be read;"
          + " remove those that are not needed.")
    }
    var table = self
    for (ordinal, name) in request.columns.enumerated() {
      let key = NormalizedKey(name)
      guard !key.isEmpty, !key.state.isTooLong else {
        throw AssayError(
          .settings,
          "The column name “\(printableText(name.utf8))” cannot be looked up: it needs 1 to \(NormalizedKey.capacity)"
            + " letters or digits; correct it in the profile.")
      }
      table.insert(key) { target in target.columns |= 1 << UInt64(ordinal) }
    }
    return table
  }

  /// What a name means, or nil where nobody asked for it.
  ///
  /// - Complexity: O(1) expected, whatever the names in the log.
  @inline(__always)
  func target(of key: borrowing NormalizedKey) -> KeyTarget? {
    let hash = key.hash
    let mask = slots.count &- 1
    var index = Int(truncatingIfNeeded: hash) & mask
    while slots[index].count != 0 {
      if slots[index].hash == hash, matches(slots[index], key) { return slots[index].target }
      index = (index &+ 1) & mask
    }
    return nil
  }

  /// What a name means.
  func target(of name: String) -> KeyTarget? { target(of: NormalizedKey(name)) }

  private func matches(_ slot: Slot, _ key: borrowing NormalizedKey) -> Bool {
    guard Int(slot.count) == key.state.count, slot.lastWord == key.state.word, !key.state.isTooLong else {
      return false
    }
    for word in 0..<key.state.count &>> 3 where words[Int(slot.firstWord) &+ word] != key.words[word] { return false }
    return true
  }

  /// Changes what a name means.
  private mutating func insert(_ key: NormalizedKey, _ change: (inout KeyTarget) -> Void) {
    if 4 * (count + 1) > slots.count { grow() }
    let mask = slots.count - 1
    var index = Int(truncatingIfNeeded: key.hash) & mask
    while slots[index].count != 0 {
      if slots[index].hash == key.hash, matches(slots[index], key) { return change(&slots[index].target) }
      index = (index + 1) & mask
    }
    slots[index] = Slot(
      hash: key.hash, firstWord: Int32(words.count), count: Int32(key.state.count), lastWord: key.state.word)
    for word in 0..<key.state.count >> 3 { words.append(key.words[word]) }
    change(&slots[index].target)
    count += 1
  }

  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: Slot(), count: 2 * old.count)
    for slot in old where slot.count != 0 {
      var index = Int(truncatingIfNeeded: slot.hash) & (slots.count - 1)
      while slots[index].count != 0 { index = (index + 1) & (slots.count - 1) }
      slots[index] = slot
    }
  }
}
