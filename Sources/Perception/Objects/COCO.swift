/// The 80 classes of the data set Common Objects in Context, in the order that detectors trained on it number them.
/// <https://cocodataset.org>
enum COCO {
    static let classes = [
        "person", "bicycle", "car", "motorcycle", "airplane", "bus", "train", "truck", "boat", "traffic light",
        "fire hydrant", "stop sign", "parking meter", "bench", "bird", "cat", "dog", "horse", "sheep", "cow",
        "elephant", "bear", "zebra", "giraffe", "backpack", "umbrella", "handbag", "tie", "suitcase", "frisbee",
        "skis", "snowboard", "sports ball", "kite", "baseball bat", "baseball glove", "skateboard", "surfboard",
        "tennis racket", "bottle", "wine glass", "cup", "fork", "knife", "spoon", "bowl", "banana", "apple",
        "sandwich", "orange", "broccoli", "carrot", "hot dog", "pizza", "donut", "cake", "chair", "couch",
        "potted plant", "bed", "dining table", "toilet", "tv", "laptop", "mouse", "remote", "keyboard", "cell phone",
        "microwave", "oven", "toaster", "sink", "refrigerator", "book", "clock", "vase", "scissors", "teddy bear",
        "hair drier", "toothbrush",
    ]

    /// What people call the classes that the label vocabulary knows by another name.
    static let everydayNames = [
        "hair drier": "Hair Dryer", "mouse": "Computer Mouse", "remote": "Remote Control", "sports ball": "Ball",
        "tie": "Necktie", "tv": "Television",
    ]

    /// What the labels that the vocabulary does not have are a kind of; these it has.
    static let parents = [
        "Baseball Bat": "Sports Equipment", "Baseball Glove": "Sports Equipment", "Cake": "Dessert",
        "Carrot": "Vegetable", "Cow": "Cattle", "Donut": "Dessert", "Fire Hydrant": "Street", "Fork": "Tableware",
        "Frisbee": "Sports Equipment", "Giraffe": "Mammal", "Kite": "Toy", "Oven": "Kitchen Appliance",
        "Potted Plant": "Plant", "Scissors": "Tool", "Skateboard": "Sports Equipment", "Skis": "Sports Equipment",
        "Snowboard": "Sports Equipment", "Spoon": "Tableware", "Stop Sign": "Street Sign", "Suitcase": "Bag",
        "Surfboard": "Sports Equipment", "Tennis Racket": "Racket", "Toilet": "Bathroom", "Toothbrush": "Toiletries",
        "Wine Glass": "Drinking Glass",
    ]
}
