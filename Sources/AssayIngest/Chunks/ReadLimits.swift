/// How much of a source is taken at once, and how much at most. Nothing that a file contains changes them.
public struct ReadLimits: Sendable {
  /// Bytes that a chunk holds at most, unless one line is longer. 256 KiB: large enough that a chunk's overhead is
  /// nothing, small enough that it stays in the second-level cache (measured against 64 KiB and 1 MiB).
  public var chunkSize: Int
  /// Bytes of the longest line that is an event, without its newline; a longer one is left out with an issue. 1 MiB:
  /// servers refuse request lines and headers beyond 8 to 64 KiB, so 16 times the largest of these. At least 16.
  public var longestLine: Int
  /// How many times its compressed size a file may expand to, once it has given `expansionGrace` bytes; 0 for no limit.
  /// What it bounds is time, since memory does not grow with what a file becomes: reading costs no more than the grace
  /// or so many times the file's size, whichever is more.
  public var largestExpansion: Int
  /// Bytes that any file may expand to, whatever its size: 1 GiB, a second or two of work. A small file of one line
  /// again and again is a log, and a bomb, that nobody needs to be saved from.
  public var expansionGrace: Int
  /// Bytes that are read of one source at most, decompressed; 0 for no limit. 16 TiB: positions count no further.
  public var largestSource: Int

  /// 1,000. Logs expand 5 to 30 times; a day of health checks that differ in their time alone, measured as the most
  /// repetitive log that is one, 35 times with gzip, 131 with zstd and 389 with xz. Deflate cannot do more than 1,032, so
  /// that of all that gzip can make only what is made to be a bomb is stopped; zstd, xz and bzip2 do 3,000 to 12,000.
  public static let standardExpansion = 1_000

  /// Limits; what is not named has the value that its property explains.
  public init(
    chunkSize: Int = 256 << 10, longestLine: Int = 1 << 20, largestExpansion: Int = standardExpansion,
    expansionGrace: Int = 1 << 30, largestSource: Int = 1 << 44
  ) {
    self.chunkSize = chunkSize
    self.longestLine = longestLine
    self.largestExpansion = largestExpansion
    self.expansionGrace = expansionGrace
    self.largestSource = largestSource
  }
}
