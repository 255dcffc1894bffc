/// The word of a list that someone most likely meant, or nil where none is near: at most a third of the letters are
/// wrong, swapped, missing or too many, without case. Between equally near words the first in the list wins.
///
/// - Complexity: O(words × length²).
public func nearest(_ word: String, in words: [String]) -> String? {
  let wanted = Array(word.lowercased().utf8)
  var best: (word: String, distance: Int)?
  for candidate in words {
    let distance = editDistance(wanted, Array(candidate.lowercased().utf8))
    guard distance <= max(1, wanted.count / 3), distance < best?.distance ?? .max else { continue }
    best = (candidate, distance)
  }
  return best?.word
}

/// The number of letters to insert, delete, change or swap with their neighbour (optimal string alignment).
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var beforeLast = [Int](repeating: 0, count: right.count + 1)
  var last = Array(0...right.count)
  for row in 0..<left.count {
    var current = [row + 1]
    for column in 0..<right.count {
      let change = last[column] + (left[row] == right[column] ? 0 : 1)
      var distance = min(change, last[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
        distance = min(distance, beforeLast[column - 1] + 1)
      }
      current.append(distance)
    }
    (beforeLast, last) = (last, current)
  }
  return last[right.count]
}
