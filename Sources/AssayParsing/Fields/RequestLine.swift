/// Takes a request line apart: `GET /ads?slot=3 HTTP/1.1` (RFC 9112 §3).
///
/// Whatever a client sent may stand here. Where it is no request (`-`, a lone path, the first bytes of a TLS
/// handshake) the fields stay absent: the line is still a record, of a request that no server understood. A target with
/// spaces in it, and one without a protocol after it (HTTP/0.9), are understood.
///
/// - Complexity: O(n).
func setRequest(
  _ line: Span<UInt8>, _ start: Int, _ end: Int, _ escaping: Escaping, into fields: inout LineFields
) {
  var last = end
  while last > start, line[last - 1] == UInt8(ascii: " ") { last -= 1 }
  var index = start
  while index < last, isMethodByte(line[index]) { index += 1 }
  let methodEnd = index
  guard index > start, index < last, line[index] == UInt8(ascii: " "), line[start] != UInt8(ascii: "-") else { return }
  while line[index] == UInt8(ascii: " ") { index += 1 }

  var lastWord = last
  while lastWord > index, line[lastWord - 1] != UInt8(ascii: " ") { lastWord -= 1 }
  var targetEnd = last
  if isProtocol(line, lastWord, last) {
    fields.set(.protocolVersion, plain: line, lastWord, last)
    targetEnd = lastWord
    while targetEnd > index, line[targetEnd - 1] == UInt8(ascii: " ") { targetEnd -= 1 }
  } else if line[index] != UInt8(ascii: "/"), !isAbsolute(line, index, last) {
    return
  }
  fields.set(.method, plain: line, start, methodEnd)
  if targetEnd > index { fields.set(index: Field.target.rawValue, text: line, index, targetEnd, escaping) }
}

/// Whether a byte may stand in a method: letters, and the two marks that registered methods and old servers use.
@inline(__always)
func isMethodByte(_ byte: UInt8) -> Bool {
  (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
}

/// `HTTP/1.1`, `HTTP/2`, `RTSP/1.0`: capitals, a slash, digits and points; or the `-` of a proxy that does not know.
private func isProtocol(_ line: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
  if end - start == 1, line[start] == UInt8(ascii: "-") { return true }
  var index = start
  while index < end, line[index] &- UInt8(ascii: "A") < 26 { index += 1 }
  guard index > start, index + 1 < end, line[index] == UInt8(ascii: "/") else { return false }
  for rest in index + 1..<end where line[rest] &- 48 > 9 && line[rest] != UInt8(ascii: ".") { return false }
  return true
}

/// Whether an absolute URL (`http://host/`) or the asterisk form stands here.
private func isAbsolute(_ line: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
  if end - start == 1, line[start] == UInt8(ascii: "*") { return true }
  var index = start
  while index < end, (line[index] | 0x20) &- UInt8(ascii: "a") < 26 { index += 1 }
  return index > start && end - index > 3 && line[index] == UInt8(ascii: ":") && line[index + 1] == UInt8(ascii: "/")
    && line[index + 2] == UInt8(ascii: "/")
}
