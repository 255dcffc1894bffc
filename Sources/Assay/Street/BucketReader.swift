internal import AssayModel
internal import AssayParsing
internal import AssaySessions

/// A part of a bucket that can be judged by itself.
struct BucketPortion {
  /// Its events among those that were read.
  var events: Range<Int>
  /// What a window shows of one visitor; nil where the events are those of whole visitors.
  var window: VisitorWindow?
}

/// Reads a bucket portion by portion, in the total order: at once where it fits into a portion, as nearly every one
/// does; else whole visitors, as many as fit, and window by window a visitor that does not.
///
/// How a visitor is seen depends on its own events alone, not on who is in its bucket, what was spilled, or how many
/// workers there are.
struct BucketReader {
  /// A portion holds so many events, however large they are: fewer make no window that moves.
  static let leastEvents = 4

  private let store: EventStore
  private let bucket: Int
  /// Nil for a bucket that is read at once.
  private var merge: RunMerge?
  private var isRead = false
  /// Events at the beginning of what is held: those that are done with, and those after them that a window has counted.
  private var (passed, counted) = (0, 0)

  /// A reader of one bucket.
  init(_ bucket: Int, of store: EventStore) throws(AssayError) {
    (self.bucket, self.store) = (bucket, store)
    merge = try store.merge(bucket)
  }

  /// Reads the next portion; nil where there is none.
  ///
  /// - Parameters:
  ///   - content: what the last call left there; to be empty at first.
  ///   - sorter: the caller's own, kept from bucket to bucket.
  mutating func next(_ content: inout EventBucket, _ sorter: inout EventSorter) throws(AssayError) -> BucketPortion? {
    if merge != nil { return try nextOfMerge(&content) }
    if isRead { return nil }
    isRead = true
    try store.read(bucket, into: &content, &sorter)
    return BucketPortion(events: content.events.indices, window: nil)
  }

  private mutating func nextOfMerge(_ content: inout EventBucket) throws(AssayError) -> BucketPortion? {
    content.removeFirst(passed)
    passed = 0
    try merge?.fill(&content, to: store.portionBytes)
    guard let first = content.events.first, let last = content.events.last else { return nil }
    let count = content.events.count
    let goesOn = merge?.nextVisitor == last.visitor
    if counted == 0 {
      // The visitors that have ended; or, of one that fills all of it and has not, a window.
      let whole = goesOn ? content.events.lastIndex { $0.visitor != last.visitor }.map { $0 + 1 } ?? 0 : count
      return whole > 0 ? portion(whole, nil) : portion(count, VisitorWindow(after: 0, of: count))
    }
    let own = content.events.firstIndex { $0.visitor != first.visitor } ?? count
    let isLast = own < count || !goesOn
    return portion(
      own, isLast ? VisitorWindow(lastAfter: counted, of: own) : VisitorWindow(after: counted, of: own))
  }

  /// A portion of the first events.
  private mutating func portion(_ events: Int, _ window: VisitorWindow?) -> BucketPortion {
    passed = window?.step ?? events
    counted = window?.overlap ?? 0
    return BucketPortion(events: 0..<events, window: window)
  }
}

extension EventBucket {
  /// Forgets the first events and their samples, which stand in the order of the events.
  fileprivate mutating func removeFirst(_ count: Int) {
    if count == 0 { return }
    var gone = 0
    for index in 0..<count where events[index].kind == .exposure { gone += events[index].sampleRange.count }
    events.removeFirst(count)
    samples.removeFirst(gone)
    for index in events.indices where events[index].kind == .exposure { events[index].detail &-= UInt64(gone) << 32 }
  }
}
