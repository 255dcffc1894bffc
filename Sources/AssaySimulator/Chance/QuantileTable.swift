/// A distribution as 1,025 integer quantiles, drawn from by linear interpolation.
///
/// The tables are computed with addition, multiplication and division alone, which IEEE 754 fixes to the last bit, and
/// rounded to integers at once: no function of a C library, whose last digits differ between machines, is used.
struct QuantileTable: Sendable {
  private let quantiles: [Int]

  /// Steps of the table; the outermost quantiles stand at ±3.5 standard deviations.
  private static let steps = 1_024

  /// The quantiles of `transform(z)` with z standard normal.
  private init(ofNormal transform: (Double) -> Double) {
    quantiles = QuantileTable.normalQuantiles.map { Int(transform($0).rounded()) }
  }

  /// exp(N(ln median, sigma²)), in the unit of the median.
  static func logNormal(median: Int, sigma: Double) -> QuantileTable {
    QuantileTable { Double(median) * exponential(sigma * $0) }
  }

  /// N(0, scale²).
  static func normal(scale: Int) -> QuantileTable {
    QuantileTable { Double(scale) * $0 }
  }

  /// How many times likelier than the average visitor somebody is to click, in thousandths: z², whose mean is 1.
  ///
  /// With a mean click rate m this is, to first order in m, a beta distribution with α = ½ and β = 1/(2m): visitors
  /// differ with an intra-class correlation of about 2m, so that a click rate of 0.25 % has the 0.005 that is reported
  /// for people (detection.md §5.1).
  static func clickPropensity() -> QuantileTable {
    QuantileTable { 1_000 * $0 * $0 }
  }

  /// The value at a probability given as a fraction of 2⁶⁴.
  func value(at probability: UInt64) -> Int {
    let step = Int(probability >> 54)
    let fraction = Int(probability >> 34 & 0xf_ffff)
    let (low, high) = (quantiles[step], quantiles[step + 1])
    return low + ((high - low) * fraction) >> 20
  }

  /// A value drawn at random.
  func draw(_ random: inout RandomSource) -> Int { value(at: random.next()) }

  /// The standard normal's quantiles at 0/1024, 1/1024, …: its density summed by the trapezoid rule between ±3.5 and
  /// inverted.
  private static let normalQuantiles: [Double] = {
    let (bound, width) = (3.5, 1.0 / 1_024)
    func density(_ z: Double) -> Double { exponential(-z * z / 2) }
    let cells = Int(2 * bound / width)
    var sums = [0.0]
    for cell in 0..<cells {
      let left = Double(cell) * width - bound
      sums.append(sums[cell] + (density(left) + density(left + width)) / 2 * width)
    }
    var cell = 0
    return (0...steps).map { step in
      let target = sums[cells] * Double(step) / Double(steps)
      while cell < cells - 1 && sums[cell + 1] < target { cell += 1 }
      let share = (target - sums[cell]) / (sums[cell + 1] - sums[cell])
      return Double(cell) * width - bound + share * width
    }
  }()
}

/// eˣ for |x| below about 20, to twelve digits: the series of eˣᐟ¹⁰²⁴, squared ten times.
func exponential(_ x: Double) -> Double {
  let part = x / 1_024
  var (sum, term) = (1.0, 1.0)
  for index in 1...8 {
    term *= part / Double(index)
    sum += term
  }
  for _ in 0..<10 { sum *= sum }
  return sum
}
