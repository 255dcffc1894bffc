/// The wanted values of the request at hand, by their ordinals, and which parameter followed which in the queries before: the
/// working memory of `scanParameters`, in fixed places instead of arrays that would be asked at every line whether
/// somebody else holds them too.
///
/// A reference that belongs to one `Request`; one task at a time may use it.
@safe final class RequestValues: @unchecked Sendable {
  /// How many values there may be: the bits of `Request.given`.
  static let count = 64
  /// How many paths have a row of guesses of their own: more than an ad server has beacons.
  static let rows = 32
  /// A guess for what follows each value, and some for what follows parameters that are not wanted, by their place in
  /// the query. A wrong guess costs a look-up.
  static let guessesInRow = count + 32

  let pieces: UnsafeMutablePointer<Piece>
  let guesses: UnsafeMutablePointer<NameTable.Entry>

  /// No values, and guesses that fit nothing.
  init() {
    unsafe pieces = .allocate(capacity: RequestValues.count)
    unsafe pieces.initialize(repeating: .none, count: RequestValues.count)
    let guesses = RequestValues.rows * RequestValues.guessesInRow
    unsafe self.guesses = .allocate(capacity: guesses)
    unsafe self.guesses.initialize(repeating: .free, count: guesses)
  }

  deinit {
    unsafe pieces.deallocate()
    unsafe guesses.deallocate()
  }

  /// The value with an ordinal, of which the lowest six bits count; whether there is one says `Request.given`.
  @inline(__always)
  subscript(ordinal: Int) -> Piece {
    // Safe because six bits reach just as far as there are values.
    get { unsafe pieces[ordinal & (RequestValues.count &- 1)] }
    set { unsafe pieces[ordinal & (RequestValues.count &- 1)] = newValue }
  }
}
