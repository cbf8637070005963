/** @jsxImportSource preact */
import { useEffect, useRef, useState } from 'preact/hooks'
import { MAX_SESSION_BYTES } from '../../recorder/bounds'
import { Icon } from './icons'

export interface OpenedFile {
  readonly name: string
  readonly text: string
}

export interface OpenFileProps {
  readonly onFile: (file: OpenedFile) => void
  readonly onTrouble: (message: string) => void
}

async function read(file: File | undefined, { onFile, onTrouble }: OpenFileProps): Promise<void> {
  if (!file) return
  if (file.size > MAX_SESSION_BYTES) return onTrouble('This file is too big for a session')
  try {
    onFile({ name: file.name, text: await file.text() })
  } catch {
    onTrouble('This file cannot be read')
  }
}

export function OpenFileButton({ primary = false, ...props }: OpenFileProps & { primary?: boolean }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <button type="button" class={primary ? 'primary' : ''} onClick={() => input.current?.click()}>
        <Icon name="file" />
        Open a session file
      </button>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label="Session file"
        onChange={(event) => {
          const { currentTarget } = event
          void read(currentTarget.files?.[0], props)
          // The same file again is a change too.
          currentTarget.value = ''
        }}
      />
    </>
  )
}

/** Opens what is dropped anywhere on the page; returns whether a file is held over it now. */
export function useDroppedFiles(
  onFile: OpenFileProps['onFile'],
  onTrouble: OpenFileProps['onTrouble'],
): boolean {
  const [over, setOver] = useState(false)
  const latest = useRef({ onFile, onTrouble })
  latest.current = { onFile, onTrouble }
  useEffect(() => {
    // What the panel takes for itself is not opened twice.
    const hasFile = (event: DragEvent) =>
      !event.defaultPrevented && (event.dataTransfer?.types.includes('Files') ?? false)
    const onDragOver = (event: DragEvent) => {
      if (!hasFile(event)) return
      event.preventDefault()
      setOver(true)
    }
    const onDragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false)
    }
    const onDrop = (event: DragEvent) => {
      setOver(false)
      if (!hasFile(event)) return
      event.preventDefault()
      void read(event.dataTransfer?.files[0], latest.current)
    }
    document.addEventListener('dragover', onDragOver)
    document.addEventListener('dragleave', onDragLeave)
    document.addEventListener('drop', onDrop)
    return () => {
      document.removeEventListener('dragover', onDragOver)
      document.removeEventListener('dragleave', onDragLeave)
      document.removeEventListener('drop', onDrop)
    }
  }, [])
  return over
}
