import AssayModel

/// The members of a JSON object by key, read as the types that they must have.
struct JSONFields {
  private let members: [String: JSONValue]
  /// Where the object stands in the document, for messages.
  private let path: String

  init(_ value: JSONValue, at path: String = "the document") throws(AssayError) {
    guard case .object(let list) = value else {
      throw AssayError(.unreadable, "This is not the JSON of an audit: \(path) is no object.")
    }
    members = Dictionary(list.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    self.path = path
  }

  func has(_ key: String) -> Bool { members[key] != nil }

  func value(_ key: String) throws(AssayError) -> JSONValue {
    guard let value = members[key] else { throw failure(key, "is missing") }
    return value
  }

  func fields(_ key: String) throws(AssayError) -> JSONFields {
    try JSONFields(value(key), at: key)
  }

  func list(_ key: String) throws(AssayError) -> [JSONValue] {
    guard case .array(let elements) = try value(key) else { throw failure(key, "is no array") }
    return elements
  }

  func objects(_ key: String) throws(AssayError) -> [JSONFields] {
    try list(key).map { element throws(AssayError) in try JSONFields(element, at: key) }
  }

  func texts(_ key: String) throws(AssayError) -> [String] {
    try list(key).map { element throws(AssayError) in
      guard case .text(let text) = element else { throw failure(key, "holds something that is no text") }
      return text
    }
  }

  func text(_ key: String) throws(AssayError) -> String {
    guard case .text(let text) = try value(key) else { throw failure(key, "is no text") }
    return text
  }

  func textOrNull(_ key: String) throws(AssayError) -> String? {
    try value(key) == .null ? nil : text(key)
  }

  func flag(_ key: String) throws(AssayError) -> Bool {
    guard case .flag(let flag) = try value(key) else { throw failure(key, "is neither true nor false") }
    return flag
  }

  func integer<Number: FixedWidthInteger>(_ key: String, as: Number.Type = Number.self) throws(AssayError) -> Number {
    guard case .number(let digits) = try value(key), let number = Number(digits) else {
      throw failure(key, "is no whole number")
    }
    return number
  }

  /// A count of something: not negative, and at most 2⁵³, the largest that every JSON reader holds exactly (RFC 8259
  /// §6); so sums of counts cannot overflow.
  func count(_ key: String) throws(AssayError) -> Int64 {
    let count: Int64 = try integer(key)
    guard 0...1 << 53 ~= count else { throw failure(key, "is no count") }
    return count
  }

  func integerOrNull(_ key: String) throws(AssayError) -> Int? {
    try value(key) == .null ? nil : integer(key)
  }

  /// A decimal in units of its last place: `1.25` with two places is 125.
  func decimal(_ key: String, places: Int) throws(AssayError) -> Int64 {
    guard case .number(let text) = try value(key), let point = text.firstIndex(of: "."),
      text.utf8.distance(from: point, to: text.endIndex) == places + 1,
      let number = Int64(text.replacing(".", with: "", maxReplacements: 1))
    else { throw failure(key, "is no decimal with \(places) places") }
    return number
  }

  func number(_ key: String, orNull fallback: Double) throws(AssayError) -> Double {
    switch try value(key) {
    case .null: return fallback
    case .number(let digits): if let number = Double(digits) { return number }
    default: break
    }
    throw failure(key, "is no number")
  }

  func hex(_ key: String) throws(AssayError) -> UInt64 {
    let digits = try text(key)
    if digits.isEmpty { return 0 }
    guard let number = UInt64(digits, radix: 16) else { throw failure(key, "is no hexadecimal number") }
    return number
  }

  func time(_ key: String) throws(AssayError) -> Timestamp {
    guard let time = TimeText.time(try text(key)) else { throw failure(key, "is no time") }
    return time
  }

  func address(_ key: String) throws(AssayError) -> Address {
    let text = try text(key)
    guard let address = text.isEmpty ? Address.none : Address(text) else { throw failure(key, "is no address") }
    return address
  }

  /// One of a few cases, by their names.
  func choice<Choice>(_ key: String, _ choices: some Sequence<Choice>, _ name: (Choice) -> String)
    throws(AssayError) -> Choice
  {
    let text = try text(key)
    guard let choice = choices.first(where: { name($0) == text }) else { throw failure(key, "has an unknown value") }
    return choice
  }

  func failure(_ key: String, _ what: String) -> AssayError {
    AssayError(.unreadable, "This is not the JSON of an audit: “\(key)” in \(path) \(what).")
  }
}
