import AssayModel
import Foundation
import GRDB

/// What SQLite says, as one of our errors.
enum StoreFailure {
  /// Runs something with a results file and turns what goes wrong into a sentence.
  static func translated<Value>(_ path: String, _ body: () throws -> Value) throws(AssayError) -> Value {
    do {
      return try body()
    } catch let error as AssayError {
      throw error
    } catch let error as DatabaseError {
      throw sentence(error, path)
    } catch {
      throw AssayError(.failed, "The results file cannot be used.", at: .init(source: path), cause: "\(error)")
    }
  }

  /// A file that is something else, or damaged.
  static func notOurs(_ path: String, _ what: String) -> AssayError {
    AssayError(
      .unreadable, "This is no results file of assay: \(what). `assay audit … -o audit.db` writes one.",
      at: .init(source: path))
  }

  private static func sentence(_ error: DatabaseError, _ path: String) -> AssayError {
    let place = AssayError.Location(source: path)
    let cause = error.message ?? "SQLite result \(error.extendedResultCode.rawValue)"
    switch error.resultCode {
    case .SQLITE_FULL:
      return AssayError(
        .inputOutput, "The disk is full: no results file was written. Free some space, or write it elsewhere.",
        at: place, cause: cause)
    case .SQLITE_IOERR:
      return AssayError(.inputOutput, "The results file cannot be read or written.", at: place, cause: cause)
    // SQLite does not say why: a file that is there and may not be read is no wrong path.
    case .SQLITE_CANTOPEN
    where FileManager.default.fileExists(atPath: path) && !FileManager.default.isReadableFile(atPath: path):
      return AssayError(
        .permission, "The results file may not be read; check its rights.", at: place, cause: cause)
    case .SQLITE_CANTOPEN:
      return AssayError(
        .noInput, "The results file cannot be opened: is the path right, and does its folder exist?", at: place,
        cause: cause)
    case .SQLITE_PERM, .SQLITE_READONLY, .SQLITE_AUTH:
      return AssayError(.permission, "The results file may not be used.", at: place, cause: cause)
    case .SQLITE_NOTADB, .SQLITE_CORRUPT, .SQLITE_ERROR:
      return notOurs(path, cause)
    default:
      return AssayError(.failed, "The results file cannot be used.", at: place, cause: cause)
    }
  }
}
