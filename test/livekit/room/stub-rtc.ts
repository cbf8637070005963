import { WebSocket } from 'ws'

/** As much of a data channel as livekit-client touches. */
class StubDataChannel extends EventTarget {
  readyState = 'open'
  bufferedAmount = 0
  bufferedAmountLowThreshold = 0
  binaryType = 'arraybuffer'
  id = 0
  readonly label: string
  constructor(label: string) {
    super()
    this.label = label
  }
  send(): void {}
  close(): void {
    this.readyState = 'closed'
  }
}

const SDP = [
  'v=0',
  'o=- 1 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0',
  'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
  'c=IN IP4 0.0.0.0',
  'a=mid:0',
  'a=ice-ufrag:stub',
  'a=ice-pwd:a-stub-of-no-less-than-22-letters',
  `a=fingerprint:sha-256 ${Array(32).fill('AA').join(':')}`,
  'a=setup:actpass',
  'a=sctp-port:5000',
  '',
].join('\r\n')

/** A peer connection without media, which is connected as soon as it has offered or answered. */
class StubPeerConnection extends EventTarget {
  connectionState = 'new'
  iceConnectionState = 'new'
  iceGatheringState = 'complete'
  signalingState = 'stable'
  currentLocalDescription: unknown = null
  currentRemoteDescription: unknown = null
  localDescription: unknown = null
  remoteDescription: unknown = null
  sctp = null
  onconnectionstatechange: (() => void) | null = null
  oniceconnectionstatechange: (() => void) | null = null
  onsignalingstatechange: (() => void) | null = null
  onicecandidate: unknown = null
  onicecandidateerror: unknown = null
  ondatachannel: unknown = null
  ontrack: unknown = null

  createDataChannel(label: string) {
    return new StubDataChannel(label)
  }
  addTransceiver() {
    return { sender: {}, receiver: {}, setCodecPreferences() {}, direction: 'recvonly', mid: '0' }
  }
  getTransceivers() {
    return []
  }
  getSenders() {
    return []
  }
  getReceivers() {
    return []
  }
  removeTrack(): void {}
  async getStats() {
    return new Map()
  }
  getConfiguration() {
    return {}
  }
  setConfiguration(): void {}
  restartIce(): void {}
  async addIceCandidate() {}
  async createOffer() {
    setTimeout(() => this.#become('connected'), 5)
    return { type: 'offer', sdp: SDP }
  }
  async createAnswer() {
    setTimeout(() => this.#become('connected'), 5)
    return { type: 'answer', sdp: SDP }
  }
  async setLocalDescription(description: unknown) {
    this.localDescription = this.currentLocalDescription = description
    this.onsignalingstatechange?.()
  }
  async setRemoteDescription(description: unknown) {
    this.remoteDescription = this.currentRemoteDescription = description
    this.onsignalingstatechange?.()
  }
  close(): void {
    this.#become('closed')
  }

  #become(state: string): void {
    if (this.connectionState === 'closed') return
    this.connectionState = state
    this.iceConnectionState = state
    this.onconnectionstatechange?.()
    this.oniceconnectionstatechange?.()
    this.dispatchEvent(new Event('connectionstatechange'))
  }
}

/** Gives Node what livekit-client takes from a browser, so that its real `Room` runs here, without media. */
export function stubBrowser(): void {
  const globals = globalThis as Record<string, unknown>
  globals.RTCPeerConnection = StubPeerConnection
  globals.WebSocket = WebSocket
  globals.RTCRtpReceiver ??= { getCapabilities: () => ({ codecs: [], headerExtensions: [] }) }
  globals.RTCRtpSender ??= { getCapabilities: () => ({ codecs: [], headerExtensions: [] }) }
  globals.RTCSessionDescription ??= class {}
  globals.navigator ??= { userAgent: 'Node', onLine: true, mediaDevices: undefined }
  globals.MediaStream ??= class {}
  globals.MediaStreamTrack ??= class {}
}
