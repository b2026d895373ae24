import Domain
import Inference
import Testing

@testable import Perception

@Suite("Pixels as tensors")
struct PixelTensorTests {
    let picture = Pixels(width: 2, height: 1, rgb: [10, 20, 30, 40, 50, 60])

    @Test("Planes of red, green and blue, or the other way round")
    func order() {
        #expect(Tensor([picture]).values == [10, 40, 20, 50, 30, 60])
        #expect(Tensor([picture], order: .bgr).values == [30, 60, 20, 50, 10, 40])
        #expect(Tensor([picture, picture]).shape == [2, 3, 1, 2])
    }

    @Test("Mean and scale are those of the channel in the order given")
    func normalised() {
        let tensor = Tensor([picture], order: .bgr, mean: SIMD3(30, 20, 10), scale: SIMD3(1, 2, 3))
        #expect(tensor.values == [0, 30, 0, 60, 0, 90])
    }

    @Test("Grey is as bright as it looks")
    func grey() {
        let tensor = Tensor(
            grey: Pixels(width: 3, height: 1, rgb: [255, 0, 0, 0, 255, 0, 255, 255, 255]), mean: 0, scale: 1)
        #expect(tensor.shape == [1, 1, 1, 3])
        for (value, expected) in zip(tensor.values, [76.245, 149.685, 255] as [Float]) {
            #expect(abs(value - expected) < 0.01)
        }
    }

    @Test("Areas are cut at the edges, and overlap by what they share")
    func areas() {
        let area = Area(left: -1, top: 0, width: 2, height: 4)
        #expect(area.clipped(to: picture) == Area(left: 0, top: 0, width: 1, height: 1))
        #expect(Area(left: 5, top: 0, width: 1, height: 1).clipped(to: picture) == nil)
        #expect(Area(left: .nan, top: 0, width: 1, height: 1).clipped(to: picture) == nil)
        let other = Area(left: 0, top: 0, width: 2, height: 4)
        #expect(abs(area.overlap(with: other) - 1.0 / 3) < 1e-12)
        #expect(area.overlap(with: area) == 1)
        #expect(
            Box(Area(left: 1, top: 0.5, width: 1, height: 0.5), in: picture)
                == Box(left: 0.5, top: 0.5, width: 0.5, height: 0.5))
    }
}
