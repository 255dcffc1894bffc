import AssayDetectors
import AssayModel
import Testing

extension ListSet {
  /// Adds a list as a run does with the files of a folder: its kind is told from its name and content, and what is no
  /// list is left out.
  mutating func add(name: String, bytes: [UInt8]) throws {
    if case .kind(let kind) = ListRecognition.tell(name: name, bytes: bytes) {
      try add(name: name, bytes: bytes, as: kind)
    }
  }
}
