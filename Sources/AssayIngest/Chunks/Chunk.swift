/// Some whole lines of one source. Only the last line of the source may lack its newline.
public struct Chunk: Sendable {
  /// The lines, each with its newline (and its carriage return, if it has one).
  public var bytes: [UInt8]
  /// The ordinal of the source in the run.
  public var source: Int
  /// The offset of the first byte in the decompressed source.
  public var offset: Int
  /// The ordinal of the chunk in its source, from 0.
  public var sequence: Int

  /// A chunk from its parts; an empty one to be filled by `ChunkReader.next(into:)`.
  public init(bytes: [UInt8] = [], source: Int = 0, offset: Int = 0, sequence: Int = 0) {
    self.bytes = bytes
    self.source = source
    self.offset = offset
    self.sequence = sequence
  }
}
