import AssayModel

/// The unchanging pieces of a line, as bytes.
struct Words: Sendable {
  let noNames = Array(" - - [".utf8)
  let zone = Array(" +0000] \"".utf8)
  let methods = ["GET ", "POST "].map { Array($0.utf8) }
  let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"].map {
    Array("/\($0)/".utf8)
  }
  let tag = Array("/static/tag.js".utf8)
  let landing = Array("/landing/".utf8)
  let robots = Array("/robots.txt".utf8)
  /// By `EventKind.rawValue`.
  let beacons = ["", "request", "impression", "exposure", "click", "conversion", "form", "video"].map {
    Array("/ad/\($0)?".utf8)
  }
  /// Protocol, status and size, up to the referrer's quote; by `EventKind.rawValue`.
  let answers = ["200 4096", "200 812", "200 43", "204 0", "302 0", "200 43", "200 128", "204 0"].map {
    Array(" HTTP/1.1\" \($0) \"".utf8)
  }
  let impression = Array("imp=".utf8)
  let visitor = Array("&vid=".utf8)
  let campaign = Array("&cid=".utf8)
  let creative = Array("&crid=".utf8)
  let isVideo = Array("&media=video".utf8)
  let price = Array("&price=".utf8)
  let samples = Array("&s=".utf8)
  let x = Array("&x=".utf8)
  let y = Array("&y=".utf8)
  let percent = Array("&pct=".utf8)
  let order = Array("&order=".utf8)
  let value = Array("&value=".utf8)
  let test = Array("&test=1".utf8)
  let https = Array("https://".utf8)
  let shop = Array(".shop.example/".utf8)
  let sections = ["world", "local", "opinion", "science", "culture", "money", "people", "video"].map {
    Array("/\($0)/".utf8)
  }
  let betweenQuotes = Array("\" \"".utf8)
  let lineEnd = Array("\"\n".utf8)

  /// The letters of a sample's state, in the order in which they are written.
  static let letters: [(ExposureSample.State, UInt8)] = [
    (.focused, UInt8(ascii: "f")), (.hidden, UInt8(ascii: "h")), (.unmeasurable, UInt8(ascii: "u")),
    (.playing, UInt8(ascii: "p")), (.replayed, UInt8(ascii: "r")), (.audible, UInt8(ascii: "a")),
    (.finished, UInt8(ascii: "z")), (.edge, UInt8(ascii: "e")), (.userInitiated, UInt8(ascii: "i")),
  ]
}
