"""The picture of a region that is quoted."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from casefile.ui import theme

#: The most room that a picture takes in a form, in screen units.
PICTURE = (480, 220)


class Picture(QWidget):
    """As wide as the form, as tall as that makes it, on paper with an edge."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName("Picture of the region")
        self.hide()

    def wait(self) -> None:
        """A picture is on its way."""
        self._image = None
        self.updateGeometry()
        self.show()

    def show_image(self, image: QImage) -> None:
        self._image = image
        self.updateGeometry()
        self.update()

    @property
    def image(self) -> QImage | None:
        return self._image

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(max(200, self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 48)

    def heightForWidth(self, width: int) -> int:
        if self._image is None or self._image.isNull():
            return 48
        return max(24, min(PICTURE[1], round(width * self._image.height() / self._image.width())))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(theme.colour("control"))
        frame = self.rect().adjusted(0, 0, -1, -1)
        painter.fillRect(frame, Qt.GlobalColor.white)
        painter.drawRect(frame)
        if self._image is not None and not self._image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            inner = QRectF(frame).adjusted(3, 3, -2, -2)
            size = self._image.size()
            size.scale(inner.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRectF(0, 0, size.width(), size.height())
            place.moveCenter(inner.center())
            painter.drawImage(place, self._image, QRectF(self._image.rect()))
        painter.end()
