internal import AssayModel
internal import CVector

/// Where the fields stand in a line of Common or Combined Log Format of the usual shape,
/// `ADDRESS - - [TIME] "METHOD TARGET HTTP/V" STATUS BYTES "REFERRER" "AGENT"`, with single spaces and nothing escaped.
///
/// One look at every byte behind the time finds all quotation marks; everything else is told by its distance to them.
/// Pointers, because positions that follow from others need no check of their own. What it takes for usual is held against the pattern of the same format by a differential test.
struct UsualLine {
  /// The address, where it is dotted decimal; else `.none`.
  var client = Address.none
  var addressEnd = 0
  /// The first byte of the 29 of the time and of what stands between it and the request: `23/Nov/2026:09:00:00 +0100] "`.
  var time: Int { addressEnd &+ 6 }
  /// The method.
  var request: Int { addressEnd &+ 6 &+ UsualLine.timeLength }
  var methodEnd = 0
  /// The quotation mark behind the request.
  var requestEnd = 0
  var bytesEnd = 0
  /// The quotation mark behind the referrer; the referrer begins two bytes behind the end of the bytes.
  var referrerEnd = 0
  /// The quotation mark behind the user agent, which begins three bytes behind that of the referrer.
  var agentEnd = 0

  /// Length of the time with what stands behind it.
  static let timeLength = 29
  /// ` - - [` as a little-endian number.
  private static let noUser: UInt64 = 0x5b20_2d20_2d20

  /// Finds the fields; nil for any other shape. The time is not looked at.
  ///
  /// - Parameter hasAgent: whether referrer and user agent belong to the format.
  /// - Complexity: O(n), 64 bytes a step.
  @inline(__always)
  init?(_ line: Span<UInt8>, hasAgent: Bool) {
    let count = line.count
    guard count >= 64 else { return nil }
    let isUsual = unsafe line.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return false }
      // Safe because every position below is compared with the count, or lies before one that is, before it is read.
      return unsafe readHead(base, count) && readMarks(base, count, hasAgent: hasAgent)
    }
    if !isUsual { return nil }
  }

  /// Address, and the dashes behind it.
  @inline(__always)
  private mutating func readHead(_ base: UnsafeRawPointer, _ count: Int) -> Bool {
    if let address = unsafe leadingAddress(base) {
      (client, addressEnd) = (Address(v4: address.v4), address.end)
    } else {
      while addressEnd < 48, unsafe isAddressByte(byte(base, addressEnd)) { addressEnd &+= 1 }
    }
    guard addressEnd > 1, unsafe byte(base, 0) != UInt8(ascii: "#"), request < count else { return false }
    return unsafe word(base, addressEnd) & 0xffff_ffff_ffff == UsualLine.noUser
  }

  /// What stands behind the time.
  @inline(__always)
  private mutating func readMarks(_ base: UnsafeRawPointer, _ count: Int, hasAgent: Bool) -> Bool {
    let wanted = hasAgent ? 5 : 1
    var marks = InlineArray<5, Int>(repeating: 0)
    var (found, window, hasBackslash) = (0, request, false)
    while window < count {
      // The last look goes to the last 64 bytes; what it has seen before is shifted out.
      let place = min(window, count &- 64)
      var quotes =
        unsafe vector_equal64(base + place, UInt8(ascii: "\"")) &>> UInt64(truncatingIfNeeded: window &- place)
      hasBackslash = unsafe hasBackslash || vector_has64(base + place, UInt8(ascii: "\\")) != 0
      while quotes != 0, found < wanted {
        marks[found] = window &+ quotes.trailingZeroBitCount
        quotes &= quotes &- 1
        found &+= 1
      }
      window &+= 64
    }
    requestEnd = marks[0]
    guard found == wanted, !hasBackslash, unsafe readRequest(base), unsafe readNumbers(base, count) else {
      return false
    }
    if !hasAgent { return unsafe bytesEnd == count || byte(base, bytesEnd) == UInt8(ascii: " ") }
    (referrerEnd, agentEnd) = (marks[2], marks[4])
    // Between the bytes and the referrer, and between it and the agent, stand a space and a quotation mark.
    guard marks[1] == bytesEnd &+ 1, unsafe byte(base, bytesEnd) == UInt8(ascii: " "), marks[3] == referrerEnd &+ 2,
      unsafe byte(base, referrerEnd &+ 1) == UInt8(ascii: " ")
    else { return false }
    return unsafe agentEnd &+ 1 == count || byte(base, agentEnd &+ 1) == UInt8(ascii: " ")
  }

  /// `METHOD TARGET HTTP/V`, the target without a dash or a lesser byte at its beginning.
  @inline(__always)
  private mutating func readRequest(_ base: UnsafeRawPointer) -> Bool {
    methodEnd = request
    while methodEnd < requestEnd, unsafe byte(base, methodEnd) &- UInt8(ascii: "A") < 26 { methodEnd &+= 1 }
    let (target, targetEnd) = (methodEnd &+ 1, requestEnd &- 9)
    guard methodEnd > request, targetEnd > target else { return false }
    let version = unsafe word(base, requestEnd &- 8)
    guard version & 0x00ff_00ff_ffff_ffff == 0x002e_002f_5054_5448,
      UInt8(truncatingIfNeeded: version &>> 40) &- 48 < 10,
      UInt8(truncatingIfNeeded: version &>> 56) &- 48 < 10
    else { return false }
    return unsafe byte(base, methodEnd) == UInt8(ascii: " ") && byte(base, target) > UInt8(ascii: "-")
      && byte(base, targetEnd) == UInt8(ascii: " ") && byte(base, targetEnd &- 1) != UInt8(ascii: " ")
  }

  /// ` STATUS BYTES` behind the request.
  @inline(__always)
  private mutating func readNumbers(_ base: UnsafeRawPointer, _ count: Int) -> Bool {
    guard requestEnd &+ 8 <= count else { return false }
    // The mark, a space, three digits, a space.
    let text = unsafe word(base, requestEnd)
    guard text & 0xff00_0000_ffff == 0x2000_0000_2022 else { return false }
    let digits = text &>> 16 & 0xff_ffff ^ 0x30_3030
    guard ((digits &+ 0x76_7676) | digits) & 0x80_8080 == 0 else { return false }
    bytesEnd = requestEnd &+ 6
    while bytesEnd < count, unsafe byte(base, bytesEnd) &- 48 < 10 { bytesEnd &+= 1 }
    if bytesEnd > requestEnd &+ 6 { return true }
    bytesEnd &+= 1
    return unsafe byte(base, bytesEnd &- 1) == UInt8(ascii: "-")
  }

  @inline(__always)
  private func isAddressByte(_ byte: UInt8) -> Bool { byte > UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") }
}

@inline(__always)
private func byte(_ base: UnsafeRawPointer, _ offset: Int) -> UInt8 {
  unsafe base.load(fromByteOffset: offset, as: UInt8.self)
}

@inline(__always)
private func word(_ base: UnsafeRawPointer, _ offset: Int) -> UInt64 {
  unsafe UInt64(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
}
