public import AssayModel
internal import CMaxMind
internal import Glibc

/// Autonomous systems of a MaxMind database (.mmdb): which network operator an address belongs to.
@safe
public struct AddressDatabase: ~Copyable {
  let path: String
  let database: UnsafeMutablePointer<MMDB_s>
  let numberField: FieldPath
  let organisationField: FieldPath

  /// Opens a database, such as GeoLite2-ASN.
  ///
  /// - Throws: `.noInput`, `.permission`; `.settings` where the file is no such database.
  public init(path: String) throws(AssayError) {
    // libmaxminddb has one error for all that can go wrong with a file.
    let file = try Descriptor(reading: path)
    if try file.status(path: path).kind != .file {
      throw AssayError(.noInput, "The address database is not a file.", at: .init(source: path))
    }
    // Safe because MMDB_open fills the structure, or leaves nothing behind where it fails.
    let database = UnsafeMutablePointer<MMDB_s>.allocate(capacity: 1)
    let result = unsafe MMDB_open(path, UInt32(MMDB_MODE_MMAP), database)
    if result != MMDB_SUCCESS {
      unsafe database.deallocate()
      throw AddressDatabase.failure(result, path)
    }
    self.path = path
    unsafe self.database = database
    numberField = FieldPath("autonomous_system_number")
    organisationField = FieldPath("autonomous_system_organization")
  }

  deinit {
    // Safe because nobody else has the database.
    unsafe MMDB_close(database)
    unsafe database.deallocate()
  }

  /// The operator of an address, or nil where the database has none.
  ///
  /// - Complexity: O(bits of the address).
  public func autonomousSystem(of address: Address) -> (number: UInt32, organisation: String)? {
    guard let entry = entry(of: address), let number = number(at: entry) else { return nil }
    return (number, text(organisationField, at: entry) ?? "")
  }

  /// What it says it is, such as `GeoLite2-ASN`.
  public var type: String {
    // Safe because the metadata belongs to the open database.
    unsafe printableText(String(cString: database.pointee.metadata.database_type).utf8)
  }

  /// When it was built.
  public var built: Timestamp {
    // Safe because the metadata belongs to the open database.
    unsafe Timestamp(seconds: Int64(clamping: database.pointee.metadata.build_epoch))
  }
}

// Safe because an open database is only read, which libmaxminddb allows on any number of threads.
extension AddressDatabase: @unchecked Sendable {}

extension AddressDatabase {
  /// Where the record of an address lies in the data section, or nil where it has none.
  private func entry(of address: Address) -> UInt32? {
    var result = MMDB_SUCCESS
    let found: MMDB_lookup_result_s
    if let bits = address.v4 {
      var socket = sockaddr_in()
      socket.sin_family = sa_family_t(AF_INET)
      socket.sin_addr.s_addr = bits.bigEndian
      unsafe found = lookUp(socket, &result)
    } else {
      var socket = sockaddr_in6()
      socket.sin6_family = sa_family_t(AF_INET6)
      // Safe because an IPv6 address is two halves of eight bytes.
      unsafe withUnsafeMutableBytes(of: &socket.sin6_addr) { bytes in
        unsafe bytes.storeBytes(of: address.high.bigEndian, toByteOffset: 0, as: UInt64.self)
        unsafe bytes.storeBytes(of: address.low.bigEndian, toByteOffset: 8, as: UInt64.self)
      }
      unsafe found = lookUp(socket, &result)
    }
    // A version 6 address in a version 4 database is an error there, and only "not known" here.
    return unsafe result == MMDB_SUCCESS && found.found_entry ? found.entry.offset : nil
  }

  private func lookUp<Socket>(_ socket: Socket, _ result: inout Int32) -> MMDB_lookup_result_s {
    // Safe because every socket address begins with its family, by which libmaxminddb tells how long it is.
    unsafe withUnsafePointer(to: socket) { socket in
      unsafe socket.withMemoryRebound(to: sockaddr.self, capacity: 1) { socket in
        unsafe MMDB_lookup_sockaddr(database, socket, &result)
      }
    }
  }

  /// The number of the autonomous system in a record.
  func number(at entry: UInt32) -> UInt32? {
    // Safe because the type says which member of the union is filled.
    let value = unsafe value(numberField, at: entry)
    return switch unsafe value?.type {
    case UInt32(MMDB_DATA_TYPE_UINT32): unsafe value?.uint32
    case UInt32(MMDB_DATA_TYPE_UINT16): unsafe value.map { unsafe UInt32($0.uint16) }
    default: nil
    }
  }

  private func text(_ field: borrowing FieldPath, at entry: UInt32) -> String? {
    // Safe because the type says which member of the union is filled, and libmaxminddb has checked that the text lies
    // inside the file.
    guard let value = unsafe value(field, at: entry), unsafe value.type == UInt32(MMDB_DATA_TYPE_UTF8_STRING) else {
      return nil
    }
    let bytes = unsafe UnsafeRawBufferPointer(start: value.utf8_string, count: Int(value.data_size))
    return unsafe printableText(bytes)
  }

  private func value(_ field: borrowing FieldPath, at entry: UInt32) -> MMDB_entry_data_s? {
    // Safe because libmaxminddb checks the offset, fills the value, and keeps neither.
    var start = unsafe MMDB_entry_s(mmdb: database, offset: entry)
    var value = unsafe MMDB_entry_data_s()
    let result = unsafe MMDB_aget_value(&start, &value, field.pointer)
    return unsafe result == MMDB_SUCCESS && value.has_data ? value : nil
  }

  /// The error for a result of libmaxminddb.
  static func failure(_ result: Int32, _ path: String) -> AssayError {
    // Safe because MMDB_strerror gives constant texts.
    let cause = unsafe String(cString: MMDB_strerror(result))
    return AssayError(
      .settings, "The file is not a usable MaxMind database: get it again, uncompressed (.mmdb, not .tar.gz).",
      at: .init(source: path), cause: cause)
  }
}

/// The way to one field of a record, as libmaxminddb wants it: names, ended by a null.
@safe
struct FieldPath: ~Copyable {
  let pointer: UnsafeMutablePointer<UnsafePointer<CChar>?>

  init(_ name: StaticString) {
    precondition(name.hasPointerRepresentation, "a name is more than one character")
    // Safe because a static text ends in a zero byte and lives for ever, and both elements are set.
    unsafe pointer = .allocate(capacity: 2)
    unsafe pointer.initialize(repeating: nil, count: 2)
    unsafe pointer.pointee = UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
  }

  deinit {
    // Safe because nobody else has the pointer, and its elements need no clearing.
    unsafe pointer.deallocate()
  }
}
