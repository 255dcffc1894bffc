/// The names that a profile looks for, and the ordinal of each: an open-addressing table over their first eight bytes
/// and their length, which is nearly always one multiplication and one comparison away.
final class NameTable: Sendable {
  /// One name.
  struct Entry: BitwiseCopyable {
    /// First eight bytes, zeros after the end.
    let head: UInt64
    /// The name and the `=` behind it, and which bytes of a word those are; of a name that leaves no room for it in a
    /// word, two values that never meet.
    let assignment: UInt64
    let assignmentMask: UInt64
    /// Length of the name, 0 for a free place.
    let length: Int32
    /// What the name stands for.
    let ordinal: Int32

    /// A free place.
    static let free = Entry(head: 0, length: 0, ordinal: -1)

    init(head: UInt64, length: Int, ordinal: Int) {
      self.head = head
      self.length = Int32(length)
      self.ordinal = Int32(ordinal)
      let fits = length > 0 && length < 8
      assignment = fits ? head | UInt64(UInt8(ascii: "=")) << UInt64(8 * length) : 1
      assignmentMask = fits ? lowBytes(.max, length + 1) : 0
    }
  }

  /// A power of two of them, at least three in four free.
  let entries: [Entry]
  /// The last place.
  let mask: Int
  /// The names that are longer than eight bytes, by ordinal.
  let longNames: [Int32: [UInt8]]
  /// Whether no name is looked for.
  let isEmpty: Bool

  /// A table of different names with their ordinals.
  init(_ names: [(name: String, ordinal: Int)]) {
    var size = 8
    while size < names.count * 4 { size *= 2 }
    var entries = Array(repeating: Entry.free, count: size)
    var longNames: [Int32: [UInt8]] = [:]
    for (name, ordinal) in names where !name.isEmpty {
      let bytes = Array(name.utf8)
      let head = word(bytes.span, at: 0)
      var place = NameTable.place(head, bytes.count, mask: size - 1)
      while entries[place].length != 0 { place = (place + 1) & (size - 1) }
      entries[place] = Entry(head: head, length: bytes.count, ordinal: ordinal)
      if bytes.count > 8 { longNames[Int32(ordinal)] = bytes }
    }
    (self.entries, self.longNames, mask, isEmpty) = (entries, longNames, size - 1, names.isEmpty)
  }

  /// Where the search for a name begins.
  @inline(__always)
  static func place(_ head: UInt64, _ length: Int, mask: Int) -> Int {
    let mixed = (head ^ UInt64(truncatingIfNeeded: length)) &* 0x9e37_79b9_7f4a_7c15
    return Int(truncatingIfNeeded: mixed >> 40) & mask
  }

  /// The ordinal of a name, or -1.
  func find(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Int {
    let length = end - start
    let head = lowBytes(word(bytes, at: start), length)
    var place = NameTable.place(head, length, mask: mask)
    while true {
      let entry = entries[place]
      if entry.length == 0 { return -1 }
      if entry.head == head, Int(entry.length) == length {
        if length <= 8 || isLong(entry.ordinal, bytes, from: start, length: length) { return Int(entry.ordinal) }
      }
      place = (place &+ 1) & mask
    }
  }

  private func isLong(_ ordinal: Int32, _ bytes: Span<UInt8>, from start: Int, length: Int) -> Bool {
    guard let name = longNames[ordinal] else { return false }
    return sameBytes(bytes, at: start, name.span, at: 0, count: length)
  }
}
