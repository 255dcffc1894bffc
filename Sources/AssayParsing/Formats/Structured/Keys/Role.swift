/// What a key or column means to a parser: one of the fields, or something that only the whole line can turn into
/// fields (a request line, a date apart from its time of day).
struct Role: Sendable, Hashable, BitwiseCopyable {
  /// The fields by their raw values, then the others.
  let rawValue: UInt8

  private init(_ rawValue: Int) { self.rawValue = UInt8(truncatingIfNeeded: rawValue) }

  /// How many fields there are; a test holds it to `Field.allCases`, which would be an array at each use.
  static let fields = 25
  /// How many roles there are.
  static let count = 33

  /// A field as it is.
  static func field(_ field: Field) -> Role { Role(field.rawValue) }
  /// A moment in any notation, or a time of day beside a `date`.
  static let time = Role(25)
  /// A date, or a moment where there is no `time`.
  static let date = Role(26)
  /// `GET /path HTTP/1.1`.
  static let requestLine = Role(27)
  /// A path that may have the query behind it.
  static let pathOrTarget = Role(28)
  /// The name of the logger that wrote the line (Caddy).
  static let logger = Role(29)
  /// What only records of the format have: the object with the request or its headers, a key of its own.
  static let container = Role(30)
  /// A key that log messages have and access records need not: level, message.
  static let message = Role(31)
  /// Columns alone ask for the key.
  static let none = Role(32)

  /// The field, where the role is one.
  var isField: Bool { rawValue < Role.fields }
  /// Position among the roles that are no fields.
  var special: Int { Int(rawValue) &- Role.fields }
}

/// Some roles.
struct RoleSet: Sendable, BitwiseCopyable {
  /// Bit n: the role with the raw value n.
  var bits: UInt64 = 0

  /// No role.
  init() {}

  /// Some roles.
  init(_ roles: Role...) { for role in roles { insert(role) } }

  /// Some fields.
  init(fields: Field...) { for field in fields { insert(.field(field)) } }

  /// Adds a role.
  mutating func insert(_ role: Role) { bits |= 1 << UInt64(role.rawValue) }

  /// Whether a role is among them.
  func contains(_ role: Role) -> Bool { bits & 1 << UInt64(role.rawValue) != 0 }

  /// Whether all of the others are among them.
  func isSuperset(of other: RoleSet) -> Bool { bits & other.bits == other.bits }

  /// Whether any of the others is among them.
  func intersects(_ other: RoleSet) -> Bool { bits & other.bits != 0 }
}
