public import AssayMeasurement

/// One form of the result of an audit. A new report is one file with a type that conforms, and one line in
/// `ReportCatalog.all`.
///
/// Pure: the same result and options give the same bytes. Nothing that comes from a log reaches the sink unescaped,
/// and no address reaches it but through `ReportOptions.privacy`.
public protocol Report: Sendable {
  /// What it is.
  static var card: ReportCard { get }

  /// Whether a file that begins with these bytes was written by this report, by whatever version: so that an audit of the
  /// folder that it lies in leaves it out.
  static func isBeginning(_ bytes: ArraySlice<UInt8>) -> Bool

  /// Writes the result.
  static func render(_ result: AuditResult, options: ReportOptions, to sink: inout some TextSink)
}

/// A report on one page: what `assay reports` lists.
public struct ReportCard: Sendable, Equatable {
  /// kebab-case; also the fixture folder and the docs page.
  public var id: String
  /// What it is, in a few words.
  public var title: String
  /// File name extensions, without the dot, that choose it.
  public var fileExtensions: [String]
  /// Media type (RFC 6838), for servers.
  public var mediaType: String

  /// A card from its parts.
  public init(id: String, title: String, fileExtensions: [String], mediaType: String) {
    self.id = id
    self.title = title
    self.fileExtensions = fileExtensions
    self.mediaType = mediaType
  }
}

extension Report {
  /// The whole report as text.
  public static func text(of result: AuditResult, options: ReportOptions = ReportOptions()) -> String {
    var buffer = TextBuffer()
    render(result, options: options, to: &buffer)
    return String(decoding: buffer.bytes, as: UTF8.self)
  }
}
