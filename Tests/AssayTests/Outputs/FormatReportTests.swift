import AssayModel
import TestSupport
import Testing

@testable import Assay

@Suite struct FormatReportTests {
  private let folder = TemporaryFolder()

  /// What is said of a file that holds some text, and the code of the complaint.
  private func said(_ text: String) throws -> (text: String, isComplaint: Bool) {
    let path = folder.write(Array(text.utf8), to: "access.log")
    do throws(AssayError) {
      return (try FormatReport.text(about: path, format: nil), false)
    } catch {
      #expect(error.code == .unreadable)
      return (error.description, true)
    }
  }

  @Test func whereNothingFitsTheNearestFormatIsNamedWithTheColumn() throws {
    let line = #"192.0.2.1 - - [23/Nov/2026:09:00:00 +0000] "GET /a HTTP/1.1" 2x0 43 "-" "x""#
    let (text, isComplaint) = try said(line + "\n")
    #expect(isComplaint && text.contains("combined understands line 1 as far as column 62"))
    let lines = text.split(separator: "\n")
    let caret = lines.firstIndex { $0.hasSuffix("^") } ?? 0
    #expect(caret > 0)
    let column = lines[caret].count - 1
    #expect(Array(lines[max(0, caret - 1)])[column...].starts(with: "2x0"))
  }

  @Test func terminalSequencesAreShownAsText() throws {
    #expect(try !said("\u{1b}[31m 192.0.2.1 - - [x\n").text.contains("\u{1b}"))
  }

  @Test func aFileWithoutAWholeLineIsNotEmpty() throws {
    let (text, isComplaint) = try said(String(repeating: "x", count: 2 << 20) + "\n")
    #expect(isComplaint && text.contains("more than 1048576"))
    #expect(try said("").text.hasSuffix("empty\n"))
  }
}
