import AssayModel
import TestSupport
import Testing

struct IssueLogTests {
  private func issue(_ name: String, _ offset: Int, source: Int = 0) -> AssayModel.Issue {
    AssayModel.Issue(name: name, position: SourcePosition(source: source, offset: offset), message: "at \(offset)")
  }

  private func log(_ issues: some Sequence<AssayModel.Issue>) -> IssueLog {
    var log = IssueLog()
    for issue in issues { log.add(issue, losesLine: issue.name.hasPrefix("line.")) }
    return log
  }

  @Test func issuesAreCountedByNameAndTheFirstAreKept() {
    let log = log([5, 3, 9, 1, 7].map { issue("line.odd", $0) } + [issue("time.missing", 2)])
    #expect(log.entries["line.odd"]?.count == 5)
    #expect(log.entries["line.odd"]?.lines == 5)
    #expect(log.entries["line.odd"]?.samples.map(\.position.offset) == [1, 3, 5])
    #expect(log.entries["time.missing"]?.lines == 0)
    #expect(log.lines == 5)
  }

  @Test func namesComeInByteOrder() {
    let names = ["b", "a.z", "ä", "a-b", "Z"]
    #expect(log(names.map { issue($0, 1) }).sorted.map(\.name) == ["Z", "a-b", "a.z", "b", "ä"])
  }

  @Test func mergingIsAssociativeAndDoesNotDependOnOrder() {
    var random = SeededGenerator(seed: 2)
    for _ in 0..<50 {
      let issues = (0..<60).shuffled(using: &random).map { offset in
        issue(["line.a", "b", "line.c"].randomElement(using: &random) ?? "b", offset, source: offset % 3)
      }
      let cuts = [Int.random(in: 0...30, using: &random), Int.random(in: 31...60, using: &random)]
      let parts = [log(issues[..<cuts[0]]), log(issues[cuts[0]..<cuts[1]]), log(issues[cuts[1]...])]
      var (left, right, reversed) = (parts[0], parts[1], parts[2])
      left.merge(parts[1])
      left.merge(parts[2])
      right.merge(parts[2])
      var grouped = parts[0]
      grouped.merge(right)
      reversed.merge(parts[1])
      reversed.merge(parts[0])
      #expect(left == log(issues))
      #expect(left == grouped)
      #expect(left == reversed)
    }
  }

  @Test func anEmptyLogChangesNothing() {
    var one = log([issue("a", 1)])
    let same = one
    one.merge(IssueLog())
    #expect(one == same)
  }
}
