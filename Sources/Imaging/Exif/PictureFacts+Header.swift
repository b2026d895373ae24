import Domain

extension PictureFacts {
    /// What a picture's header and its EXIF say.
    init(of header: Raster, in file: PictureFile) {
        let orientation = header.orientation
        // Orientations 5 to 8 are turned by a quarter, see EXIF 2.32, tag 274.
        let turned = orientation > 4
        self.init(
            width: turned ? header.height : header.width,
            height: turned ? header.width : header.height,
            format: file.format,
            orientation: orientation)
        file.withExif(of: header) { bytes in
            let fields = ExifFields(bytes)
            takenAt = TakenAt(exif: fields)
            location = Location(exif: fields.place)
            camera = fields.camera
        }
    }
}
