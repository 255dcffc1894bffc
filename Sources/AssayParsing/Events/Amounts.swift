internal import AssayModel

/// Reads an amount of money written in decimal, exactly: no floating point.
///
/// Digits with an optional point (`0.0025`, `.5`, `5.`) and an optional exponent (`2.5e-3`, as JSON writers use), no
/// sign. What is smaller than a millionth is rounded, halves up; what is larger than `Money` holds becomes its largest.
///
/// - Parameter power: the power of ten that makes millionths of it (`PriceScale.power`).
/// - Returns: nil where it is no such number.
/// - Complexity: O(n).
func money(_ text: Span<UInt8>, from start: Int, to end: Int, power: Int) -> Money? {
  var (mantissa, digits, exponent): (UInt64, Int, Int) = (0, 0, power)
  var (index, isFraction) = (start, false)
  while index < end {
    let byte = text[index]
    if byte &- 48 < 10 {
      digits += 1
      // Beyond 19 digits only the size matters: what is dropped is too small to change a rounding.
      if mantissa < 1_000_000_000_000_000_000 {
        mantissa = mantissa * 10 + UInt64(byte &- 48)
        if isFraction { exponent -= 1 }
      } else if !isFraction {
        exponent += 1
      }
    } else if byte == UInt8(ascii: "."), !isFraction {
      isFraction = true
    } else {
      break
    }
    index += 1
  }
  guard digits > 0 else { return nil }
  if index < end {
    guard text[index] | 0x20 == UInt8(ascii: "e"), let written = integer(text, from: index + 1, to: end) else {
      return nil
    }
    exponent += written
  }
  while exponent > 0 && mantissa != 0 {
    let (product, overflow) = mantissa.multipliedReportingOverflow(by: 10)
    if overflow { return Money(millionths: .max) }
    (mantissa, exponent) = (product, exponent - 1)
  }
  if exponent < 0 {
    if exponent < -19 { return .zero }
    var divisor: UInt64 = 1
    for _ in 0..<(-exponent) { divisor *= 10 }
    let (quotient, remainder) = mantissa.quotientAndRemainder(dividingBy: divisor)
    mantissa = quotient + (remainder >= divisor - remainder ? 1 : 0)
  }
  return Money(millionths: Int64(clamping: mantissa))
}

/// Reads an integer with an optional sign; nil where it is none or has more than 18 digits.
func integer(_ text: Span<UInt8>, from start: Int, to end: Int) -> Int? {
  var index = start
  var isNegative = false
  if index < end, text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+") {
    isNegative = text[index] == UInt8(ascii: "-")
    index += 1
  }
  guard index < end, end - index <= 18 else { return nil }
  var value = 0
  while index < end {
    let digit = text[index] &- 48
    if digit > 9 { return nil }
    value = value &* 10 &+ Int(digit)
    index += 1
  }
  return isNegative ? -value : value
}

/// Reads a coordinate or another small number: digits, and a fraction that is dropped. At most 4,294,967,295.
func coordinate(_ text: Span<UInt8>, from start: Int, to end: Int) -> UInt32? {
  let point = firstIndex(of: UInt8(ascii: "."), in: text, from: start, to: end)
  let whole = point < 0 ? end : point
  guard whole > start, text[start] &- 48 < 10, let value = integer(text, from: start, to: whole) else { return nil }
  if point >= 0 {
    for index in point + 1..<end where text[index] &- 48 > 9 { return nil }
  }
  return UInt32(exactly: value)
}

/// Reads one side of a creative: 0 to 65,534 CSS pixels.
func side(_ text: Span<UInt8>, from start: Int, to end: Int) -> UInt16? {
  guard start < end, end - start <= 5 else { return nil }
  var value: UInt32 = 0
  for index in start..<end {
    let digit = text[index] &- 48
    if digit > 9 { return nil }
    value = value &* 10 &+ UInt32(digit)
  }
  return value < UInt32(AdSlot.unknownSize) ? UInt16(value) : nil
}

/// Reads the size of a creative: `300x250`, `300X250`.
func size(_ text: Span<UInt8>, from start: Int, to end: Int) -> (width: UInt16, height: UInt16)? {
  var cross = start
  while cross < end, text[cross] | 0x20 != UInt8(ascii: "x") { cross += 1 }
  guard cross < end, let width = side(text, from: start, to: cross), let height = side(text, from: cross + 1, to: end)
  else { return nil }
  return (width, height)
}
