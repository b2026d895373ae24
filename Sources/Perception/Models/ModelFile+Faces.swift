internal import Domain

extension ModelFile {
    /// The first choice for finding faces.
    static let yunet = ModelFile(name: "yunet_n_dynamic.onnx", purpose: "the face detector YuNet", analyses: [.faces])
    /// The face's shape: pose, eyes, mouth.
    static let faceMesh = ModelFile(name: "facemesh_192_468.onnx", purpose: "the face mesh", analyses: [.faces])
    /// Age and gender out of what the recognition net sees.
    static let faceAttributes = ModelFile(
        name: "face_attributes_head.onnx", purpose: "the age and gender head", analyses: [.faces])
    /// Age and gender by themselves.
    static let ageGender = ModelFile(
        name: "age_gender_xception_112.onnx", purpose: "the age and gender model", analyses: [.faces])
    /// The first choice for expressions.
    static let faceExpression = ModelFile(
        name: "face_expression_112.onnx", purpose: "the expression model", analyses: [.faces])
    /// Expressions, where the first choice is missing.
    static let miniXception = ModelFile(
        name: "fer_mini_xception_64.onnx", purpose: "the expression model mini-XCEPTION", analyses: [.faces])

    /// Finding faces, where the first choice is missing.
    static func centerFace(_ precision: Precision) -> ModelFile {
        ModelFile(
            name: "centerface_dyn_\(precision.rawValue).onnx", purpose: "the face detector CenterFace",
            analyses: [.faces])
    }

    /// Telling people's faces apart.
    static func faceRecognition(_ precision: Precision) -> ModelFile {
        ModelFile(
            name: "dlib_face_resnet_150_\(precision.rawValue).onnx", purpose: "the face recognition model",
            analyses: [.faces])
    }
}
