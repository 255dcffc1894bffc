/// The parts of a network of links: where two rings have a few publishers in common they are two, not one.
///
/// Publishers of one ring are linked to the same others. So first only those are put together that are linked and have
/// most of their neighbours in common (structural similarity, as in SCAN: Xu et al., KDD 2007); then what is left over
/// goes with most of its links. Where links are too sparse for that, what is connected is one part.
struct RingParts {
  /// Each part by its members, ascending, and in the order of its least member.
  private(set) var parts: [[Int]] = []

  /// Two rings of about one size that share a publisher leave it 0.71 (the root of a half) similar to the others of
  /// each, one ring alone 1: our choice, between them.
  private static let similar = 0.75

  /// The parts with at least so many members.
  ///
  /// - Parameter linked: of each publisher, those that it is linked to, ascending.
  /// - Complexity: O(links × neighbours).
  init(_ linked: [[Int]], least: Int) {
    var (connected, alike) = (DisjointSets(linked.count), DisjointSets(linked.count))
    for (one, others) in linked.enumerated() {
      for other in others where other > one {
        connected.join(one, other)
        if RingParts.similarity(one, linked[one], other, linked[other]) >= RingParts.similar { alike.join(one, other) }
      }
    }
    var partOf = [Int](repeating: -1, count: linked.count)
    for group in alike.groups where group.count >= least { for member in group { partOf[member] = group[0] } }
    // A part where nobody is alike is as a whole one.
    for group in connected.groups where group.count >= least && group.allSatisfy({ partOf[$0] < 0 }) {
      for member in group { partOf[member] = group[0] }
    }
    RingParts.spread(&partOf, linked)
    var byPart: [Int: [Int]] = [:]
    for (member, part) in partOf.enumerated() where part >= 0 { byPart[part, default: []].append(member) }
    parts = byPart.values.sorted { $0[0] < $1[0] }
  }

  /// Lets what has no part yet take the one that most of its links lead to, round by round, until nothing changes.
  private static func spread(_ partOf: inout [Int], _ linked: [[Int]]) {
    while true {
      let before = partOf
      for (member, others) in linked.enumerated() where before[member] < 0 {
        var votes: [Int: Int] = [:]
        for other in others where before[other] >= 0 { votes[before[other], default: 0] += 1 }
        if let most = votes.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) { partOf[member] = most.key }
      }
      if partOf == before { return }
    }
  }

  /// How many neighbours two have in common, each being its own, by the geometric mean of how many they have.
  private static func similarity(_ one: Int, _ left: [Int], _ other: Int, _ right: [Int]) -> Double {
    var (place, next, common) = (0, 0, 2)
    while place < left.count, next < right.count {
      if left[place] == right[next] { common += 1 }
      let (mine, theirs) = (left[place], right[next])
      if mine <= theirs { place += 1 }
      if theirs <= mine { next += 1 }
    }
    return Double(common) / (Double(left.count + 1) * Double(right.count + 1)).squareRoot()
  }
}
