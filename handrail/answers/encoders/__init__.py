"""The encoders that know one language well: MiniLM for English, e5 for Korean, run by onnxruntime from packaged weights."""
