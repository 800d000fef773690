"""Recognising: the picture of a page becomes words with boxes and confidences, and its ruled tables.

    picture → prepare (red channel, background, turn, tilt, specks) → recogniser → second reader → corrections → words

`extractor.recognising.page` is the way in; a recogniser is whatever has the one method of `interface.Recogniser`:
Tesseract, or our own (`eye`, which `cutting` serves) where its weights are installed; `engines` says which.
Nothing here is loaded before a page needs it: OpenCV, Tesseract and ONNX Runtime come with the extra `ocr`.
"""
