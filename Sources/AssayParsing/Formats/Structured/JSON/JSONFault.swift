/// Why a line is not one JSON object, and at which byte.
package struct JSONFault: Equatable {
  /// What is wrong; the raw value is the second part of the name.
  package enum Problem: String, CaseIterable {
    /// No object begins here.
    case noObject = "no-object"
    /// No key begins here (also: a comma before the closing brace).
    case noKey = "no-key"
    /// No colon after a key.
    case noColon = "no-colon"
    /// No value begins here (also: `NaN`, `True`, a comma before the closing bracket).
    case noValue = "no-value"
    /// Neither a comma nor the end of the object or array after a value.
    case noComma = "no-comma"
    /// The string ends with the line.
    case noClosingQuote = "no-closing-quote"
    /// An escape that JSON does not know.
    case badEscape = "bad-escape"
    /// A number without a digit where one must stand.
    case badNumber = "bad-number"
    /// Nested deeper than `JSONScanner.depthLimit`.
    case tooDeep = "too-deep"
    /// Something follows the object.
    case trailing = "trailing"

    /// What should have stood there.
    package var expected: String {
      switch self {
      case .noObject: "an opening brace"
      case .noKey: "a key in quotes"
      case .noColon: "a colon"
      case .noValue: "a value: a string, number, object, array, true, false or null"
      case .noComma: "a comma, or the end of the object or array"
      case .noClosingQuote: "a closing quote"
      case .badEscape: "an escape such as \\n, \\\" or \\u00e9"
      case .badNumber: "a digit"
      case .tooDeep: "at most \(JSONScanner.depthLimit) objects and arrays inside each other"
      case .trailing: "the end of the line"
      }
    }
  }

  /// What is wrong.
  package var problem: Problem
  /// Index of the first byte that could not be understood; the line's length where it ended too early.
  package var column: Int

  /// A fault from its parts.
  package init(_ problem: Problem, _ column: Int) {
    self.problem = problem
    self.column = column
  }
}
