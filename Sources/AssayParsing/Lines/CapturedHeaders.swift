/// HAProxy writes the request headers that its configuration captures as `{value|value}`, without their names
/// (configuration manual §8.8). They are told apart by what they look like: a URL is the referrer, an address (or
/// several) the client's forwarding chain, a bare domain name the host, and anything with a product in it
/// (`name/version`, RFC 9110 §10.1.5) or a space the user agent. An empty value tells nothing.
///
/// - Complexity: O(n).
func setCapturedHeaders(_ line: Span<UInt8>, _ start: Int, _ end: Int, into fields: inout LineFields) {
  var begin = start
  while begin <= end {
    let bar = firstIndex(of: UInt8(ascii: "|"), in: line, from: begin, to: end)
    let stop = bar < 0 ? end : bar
    if let field = guess(line, begin, stop), fields.range(field) == nil {
      fields.set(index: field.rawValue, text: line, begin, stop, .hash)
    }
    begin = stop + 1
  }
}

/// How a referrer begins.
private let urlStart = Array("http".utf8)

private func guess(_ line: Span<UInt8>, _ start: Int, _ end: Int) -> Field? {
  var (letters, points, colons, slashes, spaces, others) = (0, 0, 0, 0, 0, 0)
  for index in start..<end {
    switch line[index] {
    case UInt8(ascii: "."): points += 1
    case UInt8(ascii: ":"): colons += 1
    case UInt8(ascii: "/"): slashes += 1
    case UInt8(ascii: " "), UInt8(ascii: ","): spaces += 1
    case 0x30...0x39, UInt8(ascii: "-"), UInt8(ascii: "["), UInt8(ascii: "]"): break
    case 0x61...0x66, 0x41...0x46: break
    case 0x67...0x7a, 0x47...0x5a: letters += 1
    default: others += 1
    }
  }
  if start == end { return nil }
  if colons >= 1, slashes >= 2, equal(line, at: start, urlStart.span) { return .referrer }
  if letters == 0, others == 0, slashes == 0, points >= 3 || colons >= 2 { return .forwardedFor }
  if slashes > 0 || spaces > 0 { return .userAgent }
  return points > 0 && others == 0 ? .host : nil
}
