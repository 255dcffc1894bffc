/// Eight bytes from `index` as a little-endian number: the first byte is the lowest. The caller has checked the range;
/// the load checks it again.
@inlinable
package func word(_ bytes: Span<UInt8>, at index: Int) -> UInt64 {
  // Safe because RawSpan checks that the eight bytes are inside, and any bytes make a UInt64.
  UInt64(littleEndian: unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
}
