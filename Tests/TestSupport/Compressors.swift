public import AssayIngest
import CBzip2
import CLzma
import CZlib
import CZstd

extension Compression {
  /// Those that compress.
  public static let compressing = allCases.filter { $0 != .plain }

  /// One member that holds some bytes, made by the format's own library. Each call is safe because the target is as
  /// large as the library says that it may need.
  public func member(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    var target = [UInt8](repeating: 0, count: bytes.count + bytes.count / 50 + 1_024)
    switch self {
    case .plain: return bytes
    case .gzip:
      var stream = unsafe z_stream()
      let size = unsafe Int32(MemoryLayout<z_stream>.size)
      unsafe deflateInit2_(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
      let count = unsafe bytes.withUnsafeMutableBufferPointer { source in
        unsafe target.withUnsafeMutableBufferPointer { target in
          unsafe stream.next_in = source.baseAddress
          unsafe stream.avail_in = UInt32(source.count)
          unsafe stream.next_out = target.baseAddress
          unsafe stream.avail_out = UInt32(target.count)
          precondition(unsafe deflate(&stream, Z_FINISH) == Z_STREAM_END)
          return unsafe Int(stream.total_out)
        }
      }
      unsafe deflateEnd(&stream)
      return Array(target[..<count])
    case .zstd:
      let count = unsafe ZSTD_compress(&target, target.count, bytes, bytes.count, 3)
      precondition(ZSTD_isError(count) == 0)
      return Array(target[..<count])
    case .bzip2:
      var count = UInt32(target.count)
      let result = unsafe target.withUnsafeMutableBytes { target in
        unsafe bytes.withUnsafeMutableBytes { source in
          unsafe BZ2_bzBuffToBuffCompress(
            target.baseAddress?.assumingMemoryBound(to: CChar.self), &count,
            source.baseAddress?.assumingMemoryBound(to: CChar.self), UInt32(source.count), 1, 0, 0)
        }
      }
      precondition(result == BZ_OK)
      return Array(target[..<Int(count)])
    case .xz:
      var count = 0
      let result = unsafe lzma_easy_buffer_encode(
        0, LZMA_CHECK_CRC32, nil, bytes, bytes.count, &target, &count, target.count)
      precondition(result == LZMA_OK)
      return Array(target[..<count])
    }
  }

  /// The same as several members, cut where the numbers say.
  public func members(_ bytes: [UInt8], cutAt cuts: [Int]) -> [UInt8] {
    let edges = [0] + cuts + [bytes.count]
    return zip(edges, edges.dropFirst()).flatMap { member(Array(bytes[$0..<$1])) }
  }
}

/// A zstd frame that holds nothing that is to be decoded (RFC 8878 §3.1.2).
public func skippableFrame(_ content: [UInt8]) -> [UInt8] {
  [0x53, 0x2a, 0x4d, 0x18, UInt8(content.count), 0, 0, 0] + content
}

/// One gzip member, for tests that know nothing of `Compression`.
public func gzipped(_ bytes: [UInt8]) -> [UInt8] { Compression.gzip.member(bytes) }
