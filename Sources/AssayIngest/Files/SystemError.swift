internal import AssayModel
internal import Glibc

/// What the system says about one of its error numbers: `No such file or directory`.
func systemText(_ code: Int32) -> String {
  // Safe because glibc (2.32 and later) gives a constant text for known numbers and one of this thread's for others,
  // and it is copied at once.
  unsafe String(cString: strerror(code))
}

/// The error of a failed system call: one place that decides which number is which exit code.
///
/// - Parameters:
///   - code: `errno` right after the call.
///   - action: What could not be done, as the start of a sentence: `The file cannot be opened`.
///   - path: On what.
///   - offset: Where in it, if anywhere.
func systemError(_ code: Int32, _ action: String, path: String, offset: Int? = nil) -> AssayError {
  let (kind, advice): (AssayError.Code, String) =
    switch code {
    case ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG, ENXIO: (.noInput, "check the path")
    case EISDIR: (.noInput, "name a file")
    case EACCES, EPERM, EROFS: (.permission, "check the rights of the file and of its folders")
    case ENOSPC, EDQUOT, EFBIG: (.inputOutput, "make room or choose another disk")
    case EMFILE, ENFILE: (.inputOutput, "raise the limit of open files (ulimit -n)")
    case EPIPE: (.inputOutput, "the program that should read it has ended")
    default: (.inputOutput, "check the disk and try again")
    }
  return AssayError(
    kind, "\(action): \(advice).", at: .init(source: path, offset: offset), cause: systemText(code))
}
