internal import AssayModel

/// Reads everything that stands before the time of a Common Log line: `[virtual host] client identity user`, up to
/// (not including) the space before the last ` [` that precedes the first quotation mark.
///
/// The user is whatever the client sent, even with spaces and brackets in it, so the end is sought from behind: neither
/// can hold a quotation mark, which every server escapes. Identity and user may be missing, as some servers omit them.
/// Where the second word is an address, the first is a virtual host; where the identity, which nobody uses, is a domain
/// name, it is one too (OVH writes it there).
///
/// - Returns: where it ends, or nil where there is no client before a ` [`.
/// - Complexity: O(n).
func readHead(_ line: Span<UInt8>, _ start: Int, requiresHost: Bool, into fields: inout LineFields) -> Int? {
  let mark = firstIndex(of: UInt8(ascii: "\""), in: line, from: start, to: line.count)
  var end = (mark < 0 ? line.count : mark) - 1
  while end > start, line[end] != UInt8(ascii: "[") || line[end - 1] != UInt8(ascii: " ") { end -= 1 }
  guard end > start + 1 else { return nil }
  while end > start, line[end - 1] == UInt8(ascii: " ") { end -= 1 }

  let first = wordEnd(line, start, end)
  let second = nextWord(line, first, end)
  let secondEnd = wordEnd(line, second, end)
  var client = (start: start, end: first)
  var rest = second
  let hasHost =
    isAddress(line, second, secondEnd)
    || requiresHost && isDotted(line, second, secondEnd) && !isAddress(line, start, first)
  if hasHost {
    var hostEnd = first
    while hostEnd > start, line[hostEnd - 1] &- 48 < 10 { hostEnd -= 1 }
    let hasPort = hostEnd < first && hostEnd > start && line[hostEnd - 1] == UInt8(ascii: ":")
    fields.set(.host, plain: line, start, hasPort ? hostEnd - 1 : first)
    client = (second, secondEnd)
    rest = nextWord(line, secondEnd, end)
  } else if requiresHost {
    return nil
  }
  fields.set(.address, plain: line, client.start, client.end)
  if rest < end {
    let identityEnd = wordEnd(line, rest, end)
    if !hasHost, identityEnd < end, isDotted(line, rest, identityEnd) {
      fields.set(.host, plain: line, rest, identityEnd)
    }
    fields.set(.user, plain: line, identityEnd < end ? nextWord(line, identityEnd, end) : rest, end)
  }
  return end
}

private func wordEnd(_ line: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
  var index = start
  while index < end, line[index] != UInt8(ascii: " ") { index += 1 }
  return index
}

private func nextWord(_ line: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
  var index = start
  while index < end, line[index] == UInt8(ascii: " ") { index += 1 }
  return index
}

/// Whether only digits and points, or something with a colon in it, stand here: an address, perhaps with its port.
private func isAddress(_ line: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
  var (points, colons, others) = (0, 0, 0)
  for index in start..<end {
    switch line[index] {
    case UInt8(ascii: "."): points += 1
    case UInt8(ascii: ":"): colons += 1
    case 0x30...0x39, UInt8(ascii: "["), UInt8(ascii: "]"): break
    default: others += hexDigit(line[index]) == nil ? 2 : 1
    }
  }
  return points == 3 && others == 0 || colons >= 2 && others < end - start
}

/// Whether the word may be a domain name or an address.
private func isDotted(_ line: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
  for index in start..<end where line[index] == UInt8(ascii: ".") || line[index] == UInt8(ascii: ":") { return true }
  return false
}
