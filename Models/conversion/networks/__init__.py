"""One module per network: its graph in ONNX, built from the weights or edited from the published one."""
