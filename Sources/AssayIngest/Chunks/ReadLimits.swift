/// How much of a source is taken at once, and how much at most. Nothing that a file contains changes them.
public struct ReadLimits: Sendable {
  /// Bytes that a chunk holds at most, unless one line is longer. 256 KiB: large enough that a chunk's overhead is
  /// nothing, small enough that it stays in the second-level cache (measured against 64 KiB and 1 MiB).
  public var chunkSize: Int
  /// Bytes of the longest line that is an event, without its newline; a longer one is left out with an issue. 1 MiB:
  /// servers refuse request lines and headers beyond 8 to 64 KiB, so 16 times the largest of these. At least 16.
  public var longestLine: Int
  /// How many times its compressed size a file may expand to, once it has given `expansionGrace` bytes; 0 for no limit.
  /// 250: logs expand 5 to 30 times, very repetitive ones 100 times; deflate can do 1,032 times, the others far more.
  public var largestExpansion: Int
  /// Bytes that any file may expand to: 1 GiB, a few seconds of work.
  public var expansionGrace: Int
  /// Bytes that are read of one source at most, decompressed; 0 for no limit. 16 TiB: positions count no further.
  public var largestSource: Int

  /// Limits; what is not named has the value that its property explains.
  public init(
    chunkSize: Int = 256 << 10, longestLine: Int = 1 << 20, largestExpansion: Int = 250,
    expansionGrace: Int = 1 << 30, largestSource: Int = 1 << 44
  ) {
    self.chunkSize = chunkSize
    self.longestLine = longestLine
    self.largestExpansion = largestExpansion
    self.expansionGrace = expansionGrace
    self.largestSource = largestSource
  }
}
