import AssayIngest
import AssayModel
import Glibc
import TestSupport
import Testing

@Suite struct InputFilesTests {
  let folder = TemporaryFolder()

  /// What is found, by the part of the path in the folder.
  private func find(_ arguments: String...) throws -> [String] {
    try InputFiles.find(arguments.map { $0 == "-" ? $0 : folder.path($0) }).map {
      $0.isStandardInput ? $0.path : String($0.path.dropFirst(folder.path.count + 1))
    }
  }

  private func fill(_ names: String...) {
    for name in names { folder.write(Array(name.utf8), to: name) }
  }

  @Test(arguments: Compression.allCases) func `the beginning of a file is that of what it holds`(form: Compression)
    throws
  {
    let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    let file = InputFile(path: folder.write(form.member(bytes), to: "input"))
    for count in [1, 6, 4_096, 290_000] { #expect(try file.beginning(count) == Array(bytes.prefix(count))) }
    let short = InputFile(path: folder.write(form.member([1, 2, 3]), to: "short"))
    #expect(try short.beginning(8_192) == [1, 2, 3])
    #expect(try InputFile(path: folder.write([], to: "empty")).beginning(10).isEmpty)
    #expect(try InputFile(path: "/dev/zero").beginning(10).isEmpty)
  }

  @Test func `a file is the same by whatever path it is reached, and one that is not there by its place`() throws {
    fill("a", "b")
    // Safe because the paths are alive during the calls.
    #expect(unsafe symlink("a", folder.path("soft")) == 0 && link(folder.path("a"), folder.path("hard")) == 0)
    #expect(unsafe symlink(".", folder.path("here")) == 0 && symlink("gone", folder.path("dangling")) == 0)
    let file = try #require(FileIdentity(path: folder.path("a")))
    for name in ["soft", "hard", "here/a", "here/soft", "./a"] {
      #expect(FileIdentity(path: folder.path(name)) == file && FileIdentity(output: folder.path(name)) == file)
      #expect(InputFile(path: folder.path(name)).identity == file)
    }
    #expect(FileIdentity(path: folder.path("b")) != file)
    let new = try #require(FileIdentity(output: folder.path("new")))
    #expect(FileIdentity(output: folder.path("here/new")) == new && FileIdentity(path: folder.path("new")) == nil)
    #expect(FileIdentity(output: folder.path("other")) != new && FileIdentity(output: folder.path("dangling")) != new)
    // What is no file, and what cannot be made.
    for path in ["/dev/null", folder.path, folder.path("a/b"), folder.path("nowhere/a")] {
      #expect(FileIdentity(output: path) == nil, "\(path)")
    }
  }

  @Test func `files are in byte order of their paths, whatever the order of the arguments`() throws {
    fill("b", "a", "ä", "B", "a.1", "a-1")
    #expect(try find("b", "a", "ä", "B", "a.1", "a-1") == ["B", "a", "a-1", "a.1", "b", "ä"])
  }

  @Test func `a folder is all files in it, but for hidden ones`() throws {
    fill("logs/a", "logs/z/b", "logs/z/y/c", "logs/.hidden", "logs/.git/d", "other")
    #expect(try find("logs") == ["logs/a", "logs/z/b", "logs/z/y/c"])
    #expect(try find("logs/") == ["logs//a", "logs//z/b", "logs//z/y/c"].map { $0.replacing("//", with: "/") })
    #expect(try find("logs/.git", "logs/.hidden") == ["logs/.git/d", "logs/.hidden"])
  }

  @Test func `a file that is reached twice is there once`() throws {
    fill("logs/b", "logs/c")
    // Safe because the paths are alive during the calls.
    #expect(unsafe symlink("b", folder.path("logs/a")) == 0 && link(folder.path("logs/c"), folder.path("d")) == 0)
    #expect(unsafe symlink(folder.path, folder.path("logs/round")) == 0)
    let found = try find("logs", "logs/b", "logs/./b", "-", "d", "-")
    #expect(found == ["-", "d", "logs/./b"])
  }

  @Test func `a file that is given by two names is read once, and that is said`() throws {
    fill("a", "b")
    // Safe because the paths are alive during the call.
    #expect(unsafe link(folder.path("a"), folder.path("c")) == 0)
    var found = try InputFiles.search(["a", "b", "c", "b"].map { folder.path($0) } + ["-", "-"])
    let (files, issues) = (found.files, found.issues)
    #expect(files.map(\.path) == ["-", folder.path("a"), folder.path("b")])
    let entry = try #require(issues.entries["input.same-file"])
    #expect(entry.count == 1 && entry.lines == 0 && entry.samples[0].position.source == 1)
    #expect(entry.samples[0].message.contains("c” is the same file as “\(folder.path("a"))”"))
    found.files.removeAll()
    #expect(found.issues == IssueLog(), "a file that is left out is in no issue")
    #expect(try InputFiles.search([folder.path("a"), folder.path("b")]).issues == IssueLog())
  }

  @Test func `patterns stand for names, and two stars for folders`() throws {
    fill("a.log", "b.log", "c.txt", "x/a.log", "x/y/a.log", "x/y/b.gz", ".h.log", "x/.h/a.log")
    #expect(try find("*.log") == ["a.log", "b.log"])
    #expect(try find("?.log") == ["a.log", "b.log"])
    #expect(try find("[!a].*") == ["b.log", "c.txt"])
    #expect(try find("*/*.log") == ["x/a.log"])
    #expect(try find("**/*.log") == ["a.log", "b.log", "x/a.log", "x/y/a.log"])
    #expect(try find("x/**") == ["x/a.log", "x/y/a.log", "x/y/b.gz"])
    #expect(try find("x*") == ["x/a.log", "x/y/a.log", "x/y/b.gz"])
    #expect(try find(".h*") == [".h.log"])
    #expect(try find("*/y/a.log") == ["x/y/a.log"])
  }

  @Test func `a file that is named like a pattern is itself`() throws {
    fill("[a].log", "a.log")
    #expect(try find("[a].log") == ["[a].log"])
  }

  @Test func `circles of links end`() throws {
    fill("logs/a")
    // Safe because the paths are alive during the call.
    #expect(unsafe symlink("..", folder.path("logs/up")) == 0)
    #expect(try find("logs") == ["logs/a"])
    #expect(try find("**/a") == ["logs/a"])
  }

  @Test func `a pipe is taken where it is named, not where it merely lies`() throws {
    fill("logs/a")
    // Safe because the path is alive during the call.
    #expect(unsafe mkfifo(folder.path("logs/pipe"), 0o600) == 0)
    #expect(try find("logs") == ["logs/a"])
    #expect(try find("logs/pipe") == ["logs/pipe"])
  }

  @Test func `what is no file in a folder, and a link to nothing, are left out by name`() throws {
    fill("logs/a", "logs/.hidden")
    folder.makeFolder("logs/sub")
    // Safe because the paths are alive during the calls.
    #expect(unsafe mkfifo(folder.path("logs/sub/pipe"), 0o600) == 0)
    #expect(unsafe symlink("gone", folder.path("logs/b")) == 0 && symlink("round", folder.path("logs/round")) == 0)
    func leftOut(_ arguments: String...) throws -> [String] {
      try InputFiles.search(arguments.map { folder.path($0) }).leftOut.map {
        "\($0.path.dropFirst(folder.path.count + 1)) \($0.reason.rawValue)"
      }
    }
    let all = [
      "logs/b input.dangling-link", "logs/round input.dangling-link", "logs/sub/pipe input.no-file",
    ]
    #expect(try leftOut("logs") == all && leftOut("logs", "logs/*", "logs") == all)
    #expect(try leftOut("logs/[ab]") == ["logs/b input.dangling-link"] && leftOut("logs/a") == [])
    #expect(try leftOut("logs", "logs/sub/pipe") == Array(all.prefix(2)), "what is named is read")
    #expect(try leftOut("logs/a", "logs/b*") == ["logs/b input.dangling-link"])
    for argument in ["logs/sub", "logs/b*"] {
      let error = #expect(throws: AssayError.self) { try leftOut(argument) }
      #expect(error?.code == .noInput && error?.message.contains("is left out") == true)
    }
  }

  @Test func `an argument without files is named in the error`() throws {
    folder.makeFolder("empty")
    fill("file")
    for argument in ["missing", "empty", "no*thing", "file/below", "*/a"] {
      let error = #expect(throws: AssayError.self) { try find("file", argument) }
      #expect(error?.code == .noInput && error?.location?.source == folder.path(argument))
    }
    #expect(throws: AssayError(.noInput, "")) { try InputFiles.find([]) }
  }

  @Test(.enabled(if: geteuid() != 0, "root may read everything: run as another user to test this"))
  func `what may not be read is an error of permission`() throws {
    fill("secret", "closed/a")
    // Safe because the paths are alive during the calls.
    #expect(unsafe chmod(folder.path("secret"), 0) == 0 && chmod(folder.path("closed"), 0) == 0)
    #expect(throws: AssayError(.permission, "")) { try find("secret") }
    #expect(throws: AssayError(.permission, "")) { try find("closed") }
    #expect(throws: AssayError(.permission, "")) { try find("closed/a") }
    #expect(throws: AssayError(.permission, "")) { try find("closed/*") }
    // Safe as above; so that the folder can be removed.
    #expect(unsafe chmod(folder.path("closed"), 0o755) == 0)
  }

  @Test func `a whole file is read up to its limit`() throws {
    let bytes = randomLog(51, lines: 2_000)
    let path = folder.write(bytes, to: "list")
    #expect(try readWholeFile(path) == bytes)
    #expect(try readWholeFile(path, limit: bytes.count) == bytes)
    #expect(throws: AssayError(.unreadable, "")) { try readWholeFile(path, limit: bytes.count - 1) }
    #expect(try readWholeFile(folder.write([], to: "empty"), limit: 0) == [])
    // A file of the system that says that it is empty.
    #expect(try readWholeFile("/proc/self/status").isEmpty == false)
    #expect(throws: AssayError(.noInput, "")) { try readWholeFile(folder.path) }
    #expect(throws: AssayError(.noInput, "")) { try readWholeFile(folder.path("none")) }
  }
}
