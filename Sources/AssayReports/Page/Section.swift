import AssayMeasurement

/// One part of a report for people: sentences, tables, commands. Terminal and Markdown show the same sections, each
/// in its own way. Every text in it is safe to print (`Display.safe`), but not yet escaped for a markup language.
struct Section {
  /// A few words; empty for the opening, which has none.
  var title: String
  /// Sentences.
  var paragraphs: [String] = []
  var tables: [Table] = []
  /// What follows the tables.
  var notes: [String] = []
  /// Commands to try, and what each shows.
  var commands: [(command: String, purpose: String)] = []
}

/// A table before it is laid out.
struct Table {
  var columns: [Column]
  /// As many cells as columns; or one, which then stands across all columns.
  var rows: [[Cell]] = []

  struct Column {
    var title: String
    var alignment = Alignment.right
    /// The least width that it may be cut to; nil where it is never cut, as numbers never are.
    var least: Int?
    /// Columns with a higher number go first where the page is too narrow; 0 stays.
    var drops = 0
  }

  enum Alignment { case left, right }

  struct Cell {
    var text: String
    var tone = Tone.plain

    init(_ text: String, _ tone: Tone = .plain) {
      self.text = text
      self.tone = tone
    }
  }

  /// What a colour means; never the only carrier of a meaning.
  enum Tone { case plain, strong, dim, bad, doubtful, good }

  /// A copy without the columns that no row fills.
  var withoutEmptyColumns: Table {
    let kept = columns.indices.filter { index in rows.contains { $0.count > 1 && !$0[index].text.isEmpty } }
    return Table(
      columns: kept.map { columns[$0] }, rows: rows.map { row in row.count == 1 ? row : kept.map { row[$0] } })
  }
}

/// Shares drawn as bars.
enum Bar {
  /// A bar of at most `cells` cells, in eighths of a cell, for a rate of which `full` millionths fill it; at least
  /// one eighth for what is not zero.
  static func text(_ rate: Ratio?, full: Int64 = 1_000_000, cells: Int = 8) -> String {
    guard let rate, rate.numerator > 0, full > 0 else { return "" }
    let eighths = max(1, Int(min(rate.millionths, full)) * cells * 8 / Int(full))
    let rest = eighths % 8
    return String(repeating: "█", count: eighths / 8) + (rest > 0 ? ["▏", "▎", "▍", "▌", "▋", "▊", "▉"][rest - 1] : "")
  }
}
