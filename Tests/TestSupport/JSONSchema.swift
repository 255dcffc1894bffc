import Foundation

/// As much of JSON Schema (draft 2020-12) as the project's own schemas use; any other keyword is an error, so that no
/// rule of a schema is ever passed over in silence.
public struct JSONSchema {
  private let root: JSON

  /// A schema from its text, whose every keyword is understood.
  public init(_ text: String) throws {
    root = try JSON(text)
    try check(root)
  }

  /// What is wrong with a document, each with its place; empty where it is valid.
  public func faults(in text: String) throws -> [String] {
    var faults: [String] = []
    try validate(JSON(text), root, at: "#", &faults)
    return faults
  }

  /// A schema that cannot be used.
  public struct BadSchema: Error, CustomStringConvertible {
    /// What is wrong with it.
    public var description: String
  }

  private static let keywords: Set = [
    "$schema", "$id", "$defs", "$ref", "title", "description", "type", "const", "enum", "required", "properties",
    "patternProperties", "additionalProperties", "items", "minimum", "pattern", "anyOf",
  ]

  /// Whether all parts of a schema are understood, and all its references lead somewhere.
  private func check(_ schema: JSON) throws {
    if case .flag = schema { return }
    guard case .object(let members) = schema else { throw BadSchema(description: "\(schema) is no schema") }
    for (key, value) in members {
      guard JSONSchema.keywords.contains(key) else { throw BadSchema(description: "the keyword \(key) is unknown") }
      switch key {
      case "$defs", "properties", "patternProperties":
        guard case .object(let parts) = value else { throw BadSchema(description: "\(key) is no object") }
        for part in parts.values { try check(part) }
        if key == "patternProperties" { for pattern in parts.keys { _ = try Regex(pattern) } }
      case "items", "additionalProperties": try check(value)
      case "anyOf": for choice in value.elements ?? [] { try check(choice) }
      case "$ref": _ = try target(value)
      case "pattern": _ = try Regex(value.text)
      case "type":
        for name in value.elements ?? [value] where !JSON.types.contains(name.text) {
          throw BadSchema(description: "there is no type \(name.text)")
        }
      default: break
      }
    }
  }

  private func target(_ reference: JSON) throws -> JSON {
    let parts = reference.text.split(separator: "/")
    guard parts.count == 3, parts[0] == "#", parts[1] == "$defs", let found = root["$defs"]?[String(parts[2])] else {
      throw BadSchema(description: "\(reference.text) leads nowhere")
    }
    return found
  }

  private func validate(_ value: JSON, _ schema: JSON, at place: String, _ faults: inout [String]) throws {
    if case .flag(let isAllowed) = schema {
      if !isAllowed { faults.append("\(place) must not be there") }
      return
    }
    if let reference = schema["$ref"] { try validate(value, target(reference), at: place, &faults) }
    if let choices = schema["anyOf"]?.elements {
      let isValid = try choices.contains { choice in
        var own: [String] = []
        try validate(value, choice, at: place, &own)
        return own.isEmpty
      }
      if !isValid { faults.append("\(place) fits none of the choices") }
    }
    if let type = schema["type"], !(type.elements ?? [type]).contains(where: { value.isOf($0.text) }) {
      faults.append("\(place) has the wrong type")
    }
    if let constant = schema["const"], value != constant { faults.append("\(place) is not the constant") }
    if let choices = schema["enum"]?.elements, !choices.contains(value) { faults.append("\(place) is no choice") }
    if case .number(let number) = value, case .number(let least) = schema["minimum"], number < least {
      faults.append("\(place) is too small")
    }
    if case .text(let text) = value, let pattern = schema["pattern"],
      try Regex(pattern.text).firstMatch(in: text) == nil
    {
      faults.append("\(place) does not match \(pattern.text)")
    }
    if let items = schema["items"] {
      for (index, element) in (value.elements ?? []).enumerated() {
        try validate(element, items, at: "\(place)/\(index)", &faults)
      }
    }
    if case .object(let members) = value { try validate(members, schema, at: place, &faults) }
  }

  private func validate(_ members: [String: JSON], _ schema: JSON, at place: String, _ faults: inout [String]) throws {
    for name in schema["required"]?.elements ?? [] where members[name.text] == nil {
      faults.append("\(place)/\(name.text) is missing")
    }
    var patterns: [(Regex<AnyRegexOutput>, JSON)] = []
    if case .object(let parts) = schema["patternProperties"] {
      for (pattern, part) in parts { patterns.append((try Regex(pattern), part)) }
    }
    for (key, member) in members {
      var rules: [JSON] = []
      if let rule = schema["properties"]?[key] { rules.append(rule) }
      for (pattern, rule) in patterns where try pattern.firstMatch(in: key) != nil { rules.append(rule) }
      if rules.isEmpty, let rest = schema["additionalProperties"] { rules.append(rest) }
      for rule in rules { try validate(member, rule, at: "\(place)/\(key)", &faults) }
    }
  }
}

/// A JSON value.
private enum JSON: Decodable, Equatable {
  case null
  case flag(Bool)
  case number(Double)
  case text(String)
  case array([JSON])
  case object([String: JSON])

  static let types: Set = ["null", "boolean", "number", "integer", "string", "array", "object"]

  init(_ text: String) throws { self = try JSONDecoder().decode(JSON.self, from: Data(text.utf8)) }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let array = try? container.decode([JSON].self) {
      self = .array(array)
    } else {
      self = .object(try container.decode([String: JSON].self))
    }
  }

  subscript(key: String) -> JSON? { if case .object(let members) = self { members[key] } else { nil } }
  var elements: [JSON]? { if case .array(let elements) = self { elements } else { nil } }
  var text: String { if case .text(let text) = self { text } else { "" } }

  func isOf(_ type: String) -> Bool {
    switch self {
    case .null: type == "null"
    case .flag: type == "boolean"
    case .number(let number): type == "number" || type == "integer" && number == number.rounded()
    case .text: type == "string"
    case .array: type == "array"
    case .object: type == "object"
    }
  }
}
