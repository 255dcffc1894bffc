internal import CVector
internal import Glibc

/// Values of one plain type in many buckets, each a chain of small blocks that are cut from large pages.
///
/// What a map step does for every line is to append to one of a thousand buckets. Arrays that grow would copy each value
/// again and give freed memory back to the system, page by page; here a value is written once, where it stays, and the
/// memory comes from the system in huge pages (2 MiB; a run over 1.58 million lines takes 31,000 page faults instead of
/// 88,000). A block begins at a multiple of its size, so that a bucket's whole state while it fills is one word: the
/// place of the next value.
///
/// A reference, so that a thousand buckets are handed on as one. One task at a time may touch a bucket, and nobody else
/// any of them while one appends: the map step fills them, and the later steps take them one by one.
@safe final class BlockChains<Element: BitwiseCopyable>: @unchecked Sendable {
  /// Number of buckets.
  let count: Int

  private let blockBytes: Int
  /// For each bucket where its next value goes. In a bucket without room, and in one that is empty, the lower bits say
  /// so by lying beyond the last place of a block.
  private let cursors: UnsafeMutablePointer<UInt>
  private let firstBlocks: UnsafeMutablePointer<UnsafeMutableRawPointer?>
  private var pages: [UnsafeMutableRawPointer] = unsafe []
  /// Blocks of the pages that are in use, over all pages.
  private var blocksInUse = 0

  /// What stands at the beginning of a block.
  @unsafe private struct Header {
    var next: UnsafeMutableRawPointer?
    /// Values of the bucket in the blocks before this one.
    var before: Int
  }

  private static var pageBytes: Int { 2 << 20 }
  private static var headerBytes: Int { 16 }
  private var stride: Int { MemoryLayout<Element>.stride }
  /// Values of a block: the last ends before the block does, so that a full block's cursor still lies in it.
  private let capacity: Int
  /// Offset of the last value in a block.
  private let lastPlace: UInt
  private let mask: UInt

  /// Empty buckets.
  ///
  /// - Parameter blockBytes: size of a block, a power of two that holds its header of 16 bytes and some values.
  init(buckets: Int, blockBytes: Int) {
    precondition(buckets > 0 && blockBytes.nonzeroBitCount == 1 && blockBytes <= Self.pageBytes)
    precondition(blockBytes > Self.headerBytes + MemoryLayout<Element>.stride && MemoryLayout<Element>.alignment <= 16)
    count = buckets
    self.blockBytes = blockBytes
    mask = UInt(blockBytes - 1)
    capacity = (blockBytes - Self.headerBytes - 1) / MemoryLayout<Element>.stride
    lastPlace = UInt(Self.headerBytes + (capacity - 1) * MemoryLayout<Element>.stride)
    unsafe cursors = .allocate(capacity: buckets)
    unsafe firstBlocks = .allocate(capacity: buckets)
    unsafe cursors.initialize(repeating: mask, count: buckets)
    unsafe firstBlocks.initialize(repeating: nil, count: buckets)
  }

  deinit {
    while let page = unsafe pages.popLast() { unsafe free(page) }
    unsafe cursors.deallocate()
    unsafe firstBlocks.deallocate()
  }

  /// Bytes of the blocks in use.
  var bytesHeld: Int { blocksInUse * blockBytes }

  /// Appends a value to a bucket.
  ///
  /// - Complexity: O(1): one store, and every few dozen times a new block.
  @inline(__always)
  func append(_ value: Element, to bucket: Int) {
    precondition(bucket >= 0 && bucket < count, "a value must go to a bucket that there is")
    var cursor = unsafe cursors[bucket]
    if cursor & mask > lastPlace { cursor = addBlock(to: bucket) }
    // Safe because the cursor lies in a block of ours, with room for a value behind it.
    unsafe UnsafeMutableRawPointer(bitPattern: cursor).unsafelyUnwrapped.storeBytes(of: value, as: Element.self)
    cursor &+= UInt(bitPattern: stride)
    unsafe cursors[bucket] = cursor
    // A thousand buckets are more than a processor foresees: where the next large value goes is fetched now, and is there
    // when its turn comes. A place behind the block does no harm.
    if MemoryLayout<Element>.stride >= 64 {
      unsafe vector_prepare(UnsafeRawPointer(bitPattern: cursor))
      unsafe vector_prepare(UnsafeRawPointer(bitPattern: cursor &+ 64))
    }
  }

  /// How many values a bucket holds.
  func count(of bucket: Int) -> Int {
    guard let last = unsafe lastBlock(of: bucket) else { return 0 }
    let cursor = unsafe cursors[bucket]
    let used = Int(bitPattern: cursor & mask) - Self.headerBytes
    return unsafe last.load(as: Header.self).before + used / stride
  }

  /// Appends the values of a bucket, in the order in which they came, to an array.
  ///
  /// - Complexity: O(values).
  func read(_ bucket: Int, into values: inout [Element]) {
    let total = count(of: bucket)
    values.append(addingCapacity: total) { (output: inout OutputSpan<Element>) in
      // Safe because the capacity has just been added, and every value of the blocks was written by `append`.
      unsafe output.withUnsafeMutableBufferPointer { buffer, initialized in
        guard let target = buffer.baseAddress else { return }
        unsafe eachBlock(of: bucket, total) { place, start, count in
          unsafe UnsafeMutableRawPointer(target + start).copyMemory(from: place, byteCount: count * stride)
        }
        initialized = total
      }
    }
  }

  /// Calls `body` with the values of a bucket, in the order in which they came, block by block.
  ///
  /// - Throws: what `body` throws.
  /// - Complexity: O(values).
  func forEachBlock<Failure: Error>(of bucket: Int, _ body: (Span<Element>) throws(Failure) -> Void) throws(Failure) {
    let total = count(of: bucket)
    var (block, done) = unsafe (firstBlocks[bucket], 0)
    while let current = unsafe block, done < total {
      let count = min(capacity, total - done)
      // Safe because `append` has written so many values there, and they stay where they are while `body` runs.
      let values = unsafe UnsafeBufferPointer(
        start: (current + Self.headerBytes).bindMemory(to: Element.self, capacity: count), count: count)
      try body(unsafe values.span)
      done += count
      unsafe block = current.load(as: Header.self).next
    }
  }

  /// Writes other values in the place of the first ones of a bucket.
  ///
  /// - Parameters:
  ///   - values: at least `start` and the bucket's own number of values.
  ///   - start: which of them is the first to be written.
  /// - Complexity: O(values).
  func replace(_ bucket: Int, with values: Span<Element>, from start: Int) {
    let total = count(of: bucket)
    precondition(start >= 0 && start + total <= values.count, "every value must be replaced")
    unsafe values.withUnsafeBufferPointer { buffer in
      guard let source = buffer.baseAddress else { return }
      // Safe because the blocks hold exactly so many values and the span has them, as just checked.
      unsafe eachBlock(of: bucket, total) { place, first, count in
        unsafe place.copyMemory(from: source + start + first, byteCount: count * stride)
      }
    }
  }

  /// Forgets all values and keeps the memory.
  func removeAll() {
    unsafe cursors.update(repeating: mask, count: count)
    unsafe firstBlocks.update(repeating: nil, count: count)
    blocksInUse = 0
  }

  /// Calls `body` for each block of a bucket with the place of its first value, that value's ordinal, and how many there
  /// are.
  private func eachBlock(of bucket: Int, _ total: Int, _ body: (UnsafeMutableRawPointer, Int, Int) -> Void) {
    var (block, done) = unsafe (firstBlocks[bucket], 0)
    while let current = unsafe block, done < total {
      let count = min(capacity, total - done)
      unsafe body(current + Self.headerBytes, done, count)
      done += count
      unsafe block = current.load(as: Header.self).next
    }
  }

  /// The block that a bucket's cursor lies in; nil for an empty bucket.
  private func lastBlock(of bucket: Int) -> UnsafeMutableRawPointer? {
    if unsafe firstBlocks[bucket] == nil { return nil }
    return unsafe UnsafeMutableRawPointer(bitPattern: cursors[bucket] & ~mask)
  }

  /// Gives a bucket a new block.
  ///
  /// - Returns: its cursor.
  @inline(never)
  private func addBlock(to bucket: Int) -> UInt {
    let before = count(of: bucket)
    let last = unsafe lastBlock(of: bucket)
    let blocksInPage = Self.pageBytes / blockBytes
    if unsafe pages.count == blocksInUse / blocksInPage { unsafe pages.append(newPage()) }
    let page = unsafe pages[blocksInUse / blocksInPage]
    let block = unsafe page + blocksInUse % blocksInPage * blockBytes
    blocksInUse += 1
    unsafe block.storeBytes(of: Header(next: nil, before: before), as: Header.self)
    if let last = unsafe last {
      unsafe last.storeBytes(of: block, as: UnsafeMutableRawPointer?.self)
    } else {
      unsafe firstBlocks[bucket] = block
    }
    return UInt(bitPattern: unsafe block + Self.headerBytes)
  }

  /// A page of zeros, aligned to its size, huge if the system has such pages to give.
  private func newPage() -> UnsafeMutableRawPointer {
    var page: UnsafeMutableRawPointer?
    let result = unsafe posix_memalign(&page, Self.pageBytes, Self.pageBytes)
    guard result == 0, let page = unsafe page else { preconditionFailure("the system has no memory left") }
    // A hint: whatever comes of it, the memory is ours.
    _ = unsafe madvise(page, Self.pageBytes, MADV_HUGEPAGE)
    return unsafe page
  }
}
