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
    #expect(isComplaint && text.contains("The nearest is combined. Line 1, column 62: expected status as a number."))
    let lines = text.split(separator: "\n")
    let caret = lines.firstIndex { $0.hasSuffix("^") } ?? 0
    #expect(caret > 0)
    let column = lines[caret].count - 1
    #expect(Array(lines[max(0, caret - 1)])[column...].starts(with: "2x0"))
  }

  @Test(arguments: ["once upon a time, there was\n", "{\"a\":1}\n", "<html></html>\n", "a,b,c\n"])
  func noFormatIsNearToTextWithoutTimes(text: String) throws {
    let (text, isComplaint) = try said(text)
    #expect(isComplaint && text.contains("No known log format fits.") && !text.contains("nearest"))
  }

  @Test func aHeaderCommentsAndBlankLinesAreNoFault() throws {
    for (text, word) in [
      ("time,ip,path\n", "csv (Comma-separated values with a header)\n  No record: all lines (1) are"),
      ("#Fields: date time c-ip\n# none\n", "No record: all lines (2)"), ("\n \n", "blank lines, and nothing else"),
    ] {
      let (text, isComplaint) = try said(text)
      #expect(!isComplaint && text.contains(word))
    }
  }

  @Test func blanksAreOnlySaidToBeAllWhereTheyAre() throws {
    for blanks in [" \n\n", String(repeating: " ", count: 300_000) + "\r\n"] {
      #expect(try !said(blanks).isComplaint)
      #expect(try said(blanks + "and a word\n").isComplaint)
      #expect(try said(blanks.dropLast() + "x\n").isComplaint)
    }
  }

  @Test func ofAFolderTheFileIsNamed() throws {
    folder.write(Array("time,ip\n".utf8), to: "logs/b.csv")
    let text = try FormatReport.text(about: folder.path("logs"), format: nil)
    #expect(text.hasPrefix(folder.path("logs/b.csv") + ": csv"))
  }

  @Test func linesWithoutATimeAreSaidToBeNoEvents() throws {
    let object = #"{"ip":"192.0.2.1","path":"/a","status":200"#
    let timed = object + #","time":"2026-11-23T09:00:00Z"}"# + "\n"
    #expect(try !said(timed).text.contains("time that can be read"))
    let (one, _) = try said(timed + timed + object + "}\n")
    #expect(one.contains("3 of 3 lines fit.\n  1 of them carries no time that can be read:"))
    let (two, _) = try said(timed + object + "}\n" + object + "}\n")
    #expect(two.contains("  2 of them carry no time that can be read:"))
    let (none, _) = try said(object + "}\n")
    #expect(none.contains("1 of 1 lines fit.\n  None of them carries a time that can be read:"))
  }

  @Test func whatIsNoLogAsItLiesThereIsNamed() throws {
    let (text, isComplaint) = try said("a\rb\rc\r")
    #expect(isComplaint && text.contains("carriage return alone, as on the classic Mac: make them newlines (tr "))
    let (long, isToo) = try said(String(repeating: "a line\r", count: 300_000))
    #expect(isToo && long.contains("It holds carriage returns"))
    for part in [text, long] { #expect(part.contains(#"tr '\r' '\n' < FILE | assay audit -"#)) }
  }

  @Test func anErrorLogIsNamed() throws {
    let (text, isComplaint) = try said("2026/11/23 09:00:00 [error] 31#31: *46 no such file\n")
    #expect(isComplaint && text.contains("access.log:1: This is no access log"))
  }

  @Test func theCaretStandsUnderTheColumnWhateverIsBeforeIt() {
    for text in ["plain", "日本語", "e\u{301}e\u{301}", "🙂"] {
      let lines = FormatReport.caret(Array("\(text)!x".utf8), text.utf8.count).split(separator: "\n")
      let width = ["plain": 5, "日本語": 6, "🙂": 2][text] ?? 2
      #expect(lines.last.map(String.init) == String(repeating: " ", count: 4 + width) + "^")
    }
  }

  @Test func whatTheReaderLeftOutIsSaid() throws {
    let line = #"192.0.2.1 - - [23/Nov/2026:09:00:00 +0000] "GET /a HTTP/1.1" 200 43 "-" "x""#
    let (text, isComplaint) = try said(String(repeating: "x", count: 2 << 20) + "\n" + line + "\n")
    #expect(!isComplaint && text.contains("1 of 1 lines fit") && text.contains("more than 1048576"))
  }

  @Test func aNameCannotActOnTheTerminal() throws {
    let path = folder.write(Array("bad\n".utf8), to: "a\u{1b}[31m.log")
    do {
      _ = try FormatReport.text(about: path, format: nil)
      Testing.Issue.record("no error")
    } catch { #expect(!"\(error)".contains("\u{1b}") && "\(error)".contains("a\\x1b[31m.log")) }
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
